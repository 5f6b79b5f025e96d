// The event that is open: found by a click or in the list, shown as a card at its symbol.
(function (geomap) {
  "use strict";

  const GO_ZOOM = 6; // choosing an event in the list zooms in at least this far
  const ALONE_ZOOM = 10; // and at most this far, to see its place alone
  const [NARROWEST, WIDEST] = [300, 350]; // pixels: a card's width
  const TALLEST = 430; // pixels: a card's height before it scrolls
  const EDGE = 14; // pixels: from a card to the map's edge
  const BUTTONS = 60; // pixels: the same at the right, where the map's buttons are
  const LINES = 56; // pixels: the same at the bottom, for symbol, scale and sources
  const APART = 12; // pixels: places closer than this at the closest zoom are not told apart

  class Selection {
    constructor(app) {
      this.app = app;
      this.map = app.map;
      this.row = null;
      this.at = null; // where the card stands, if not at its symbol
      this.wasOpen = false; // before the click that is being handled
      this.back = null; // gives the keyboard's focus back
      this.popup = L.popup({ className: "gm-popup", autoPanPaddingTopLeft: [EDGE, EDGE] });
      this.tip = L.tooltip({ className: "gm-tip", direction: "top" });
      this.listen();
    }

    listen() {
      const { map } = this;
      map.on("preclick", () => {
        this.wasOpen = this.popup.isOpen();
      });
      map.on("click", (event) => this.clicked(event));
      map.on("mousemove", (event) => this.hover(event));
      map.on("mouseout movestart zoomstart", () => this.hover(null));
      map.on("zoomend", () => this.place());
      map.on("popupclose", (event) => {
        if (event.popup === this.popup) {
          this.closed();
        }
      });
    }

    /** The filter has run: what is hidden is not open. */
    update() {
      if (this.row !== null && !this.app.filter.passes(this.row)) {
        this.map.closePopup(this.popup);
      }
    }

    hover(event) {
      const { events } = this.app;
      const item = event && events.itemAt(event.layerPoint);
      const mention = event && !item && this.app.mentions ? this.app.mentions.at(event.layerPoint) : null;
      if (mention) {
        this.tip.options.offset = [0, -6];
        this.tip.setLatLng(mention.latlng).setContent(this.mentioned(mention.place)).addTo(this.map);
      } else if (this.mentioning) {
        this.tip.remove();
      }
      this.mentioning = Boolean(mention);
      if (item === events.hovered) {
        return;
      }
      events.hovered = item;
      events.above.redraw();
      this.map.getContainer().classList.toggle("gm-pointing", Boolean(item));
      if (item && !this.isOpen(item)) {
        this.tip.options.offset = [0, -item.half];
        this.tip.setLatLng(this.anchor(item)).setContent(this.summary(item)).addTo(this.map);
      } else if (!mention) {
        this.tip.remove();
      }
    }

    mentioned({ name, count }) {
      const words = `${geomap.plural("mentioned", count)} · ${geomap.say("mere_mention")}`;
      return this.lines(name, words);
    }

    lines(first, second) {
      const node = geomap.element("div", "", geomap.text("strong", "", first), geomap.text("span", "", second));
      node.dir = document.documentElement.dir;
      return node;
    }

    isOpen(item) {
      return this.row !== null && item.entries.some((entry) => entry.rows.includes(this.row));
    }

    /** What a symbol stands for, in a line or two. */
    summary(item) {
      const { model } = this.app;
      const [{ place, rows }] = item.entries;
      const what = item.count === 1 ? geomap.nameOf("type", model.type(rows[0])) : geomap.plural("events", item.count);
      const where = item.spots === 1 ? geomap.ownName(place) : geomap.plural("places", item.spots);
      return this.lines(what, where);
    }

    /** Where an item stands on the copy of the world in view. */
    anchor(item) {
      const size = geomap.worldSize(this.map.getZoom());
      const { min, max } = this.map.getPixelBounds();
      const shift = Math.round(((min.x + max.x) / 2 - item.x) / size);
      return geomap.latLng(item.x / size + shift, item.y / size);
    }

    clicked(event) {
      const item = this.app.events.itemAt(event.layerPoint);
      if (!item) {
        this.clickedArea(event);
        return;
      }
      const boxes = item.entries.map((entry) => this.app.boxOf(entry.place));
      if (item.spots > 1 && this.canPart(boxes)) {
        this.app.fit(boxes, this.map.getMaxZoom());
        return;
      }
      const rows = this.sorted(item.entries.flatMap((entry) => entry.rows));
      this.show(rows, rows[0], {});
    }

    // Inside a drawn area its card opens, unless the click was to close another card.
    clickedArea(event) {
      const area = this.wasOpen ? null : this.app.events.areaAt(event.layerPoint);
      if (area) {
        const rows = this.sorted(area.entries.flatMap((entry) => entry.rows));
        this.show(rows, rows[0], { at: event.latlng });
      }
    }

    /** Whether places would stand apart if the map were closer. */
    canPart(boxes) {
      const box = boxes.reduce((all, one) => geomap.grow(all, one), geomap.emptyBox());
      const size = geomap.worldSize(this.map.getMaxZoom());
      const wide = Math.max(box.x1 - box.x0, box.y1 - box.y0) * size > APART;
      return wide && this.map.getZoom() < this.map.getMaxZoom();
    }

    /** Move the map to an event's place and open its card. */
    goTo(row, options) {
      const { app, map } = this;
      const place = app.model.place(row);
      if (geomap.narrow()) {
        app.panel.toggle(false); // the card needs the room
      }
      if (place.area) {
        app.fit([app.boxOf(place)], GO_ZOOM);
      } else {
        map.setView([place.lat, place.lon], this.zoomFor(place), { animate: false });
      }
      return this.show(app.events.rowsAt(place), row, options);
    }

    /** The least zoom, not below the present one, at which a place stands alone. */
    zoomFor(place) {
      const now = Math.max(this.map.getZoom(), GO_ZOOM);
      for (let zoom = now; zoom <= ALONE_ZOOM; zoom += 1) {
        const { byPlace } = this.app.events.layoutAt(zoom);
        if (byPlace.get(place.number).spots === 1) {
          return zoom;
        }
      }
      return now;
    }

    /** Rows in the order of the list. */
    sorted(rows) {
      return [...rows].sort((a, b) => this.app.model.rank[a] - this.app.model.rank[b]);
    }

    /** Open the card of `first`, one of the rows of a place. */
    async show(rows, first, { focus, back, at }) {
      await this.app.needText();
      const content = geomap.pages(this.app.model, this.sorted(rows), first, (row) => this.turned(row));
      content.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
          this.map.closePopup(this.popup);
        }
      });
      this.tip.remove();
      this.back = back || null;
      this.at = at || null;
      this.setSize(content);
      this.popup.setContent(content);
      this.row = first;
      this.app.events.selected = this.app.model.place(first).number;
      this.place(true);
      this.app.events.above.redraw();
      this.told();
      if (focus) {
        content.focus({ preventScroll: true });
      }
    }

    setSize(content) {
      const { x, y } = this.map.getSize();
      this.popup.options.autoPanPaddingBottomRight = [geomap.narrow() ? EDGE : BUTTONS, LINES];
      this.popup.options.maxWidth = Math.min(WIDEST, x - 40);
      this.popup.options.minWidth = Math.min(NARROWEST, x - 40);
      content.style.setProperty("--gm-room", `${Math.max(150, Math.min(TALLEST, y - 160))}px`);
    }

    turned(row) {
      this.row = row;
      this.popup.update();
      this.told();
    }

    told() {
      this.app.panel.list.mark(this.row);
      this.app.keepAddress();
    }

    /** Put the card where the symbol of its place stands at this zoom. */
    place(opening) {
      if (this.row === null || (!opening && !this.popup.isOpen())) {
        return;
      }
      const { byPlace } = this.app.events.planFor(this.map.getZoom());
      const item = byPlace.get(this.app.model.place(this.row).number);
      if (!item) {
        return;
      }
      this.popup.options.offset = [0, this.at ? 6 : 6 - (item.high || item.r)];
      this.popup.setLatLng(this.at || this.anchor(item));
      if (opening) {
        this.popup.openOn(this.map);
        const close = this.popup.getElement().querySelector(".leaflet-popup-close-button");
        close.setAttribute("aria-label", geomap.say("close"));
      }
    }

    closed() {
      this.row = null;
      this.app.events.selected = null;
      this.app.events.above.redraw();
      this.told();
      const { back } = this;
      this.back = null;
      if (back) {
        back();
      }
    }
  }

  geomap.Selection = Selection;
})((window.geomap = window.geomap || {}));
