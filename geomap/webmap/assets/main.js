// Puts the page together: data, basemap, events, panel, popups.
(function (geomap) {
  "use strict";

  const NARROW = 720; // pixels: below this the panel is a sheet at the bottom
  const SINGLE_ZOOM = 6; // a lone place is shown with its surroundings
  const CLOSE_ZOOM = 10; // several places are not shown closer than this at first
  const IDLE = 600; // ms after the start: decode the texts, so that the first card comes at once
  const ADDRESS_DELAY = 200; // ms: browsers allow only so many changes of the address a minute
  const PANES = {
    "geomap-base": 150, "geomap-tiles": 180, "geomap-areas": 350, "geomap-mentions": 440, "geomap-events": 450,
  };

  function narrow() {
    return window.innerWidth < NARROW && !embedded();
  }

  /** Whether the page is made for a frame in another: the map alone, until the list is asked for. */
  function embedded() {
    return document.documentElement.hasAttribute("data-embed");
  }

  function readCities(core) {
    const { name, lon, lat, population, capital } = core.cities;
    const capitals = new Set(capital);
    return name.map((text, i) => ({
      name: text,
      x: geomap.mercatorX(lon[i]),
      y: geomap.mercatorY(lat[i]),
      population: population[i],
      capital: capitals.has(i),
    }));
  }

  const OUTLINE_STEP = 1e3; // to a degree

  // Rings come in whole steps: the first point, then differences.
  function readOutlines(core) {
    const outlines = new Map();
    for (const [place, rings] of Object.entries(core.outlines)) {
      const read = rings.map((flat) => {
        const points = [];
        let lon = 0;
        let lat = 0;
        for (let i = 0; i < flat.length; i += 2) {
          lon += flat[i];
          lat += flat[i + 1];
          points.push([geomap.mercatorX(lon / OUTLINE_STEP), geomap.mercatorY(lat / OUTLINE_STEP)]);
        }
        return points;
      });
      outlines.set(Number(place), read);
    }
    return outlines;
  }

  function pointBox({ x, y }) {
    return { x0: x, x1: x, y0: y, y1: y };
  }

  class App {
    constructor(map, core, world) {
      this.map = map;
      this.world = world;
      geomap.world = world;
      this.cities = readCities(core);
      this.model = geomap.readModel(core);
      for (const [number, rings] of readOutlines(core)) {
        this.model.places[number].rings = rings;
      }
      this.filter = new geomap.Filter(this.model);
      this.outlines = new Map();
      this.colors = geomap.readTheme();
      this.theme = () => this.colors;
      this.settled = false; // whether the address is to follow what is shown
    }

    build() {
      const { map } = this;
      document.body.classList.add("gm-page");
      document.body.classList.toggle("gm-embed", embedded());
      this.panel = new geomap.Panel(this);
      document.body.prepend(this.panel.root);
      if (narrow() || embedded()) {
        document.body.classList.add("gm-folded");
      }
      map.invalidateSize({ animate: false, pan: false });
      map.setMinZoom(narrow() ? 1 : 2); // a wide window would show the world many times over
      for (const [name, z] of Object.entries(PANES)) {
        const pane = map.createPane(name);
        pane.style.zIndex = z;
        pane.style.pointerEvents = "none";
      }
      map.getContainer().setAttribute("role", "region");
      map.getContainer().setAttribute("aria-label", geomap.say("map"));
      map.attributionControl.setPrefix('<a href="https://leafletjs.com/">Leaflet</a>');
      const aside = geomap.isRightToLeft() ? "topleft" : "topright";
      const [zoomInTitle, zoomOutTitle] = [geomap.say("zoom_in"), geomap.say("zoom_out")];
      L.control.zoom({ position: aside, zoomInTitle, zoomOutTitle }).addTo(map);
      L.control.scale({ position: "bottomright", imperial: false }).addTo(map);
      this.basemap = new geomap.Basemap(this.world, this.theme);
      this.events = new geomap.EventLayer(this);
      this.selection = new geomap.Selection(this);
      this.listen();
      this.showEmpty();
    }

    /** Draw: once the view is known, because the background takes longer than all else. */
    draw() {
      this.basemap.addTo(this.map);
      this.events.addTo(this.map);
      geomap.addLayers(this, geomap.isRightToLeft() ? "topleft" : "topright");
    }

    listen() {
      const { map } = this;
      map.on("moveend", () => {
        this.keepAddress();
        this.panel.moved();
      });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.setScheme());
      window.addEventListener("beforeprint", () => geomap.preparePrint(this));
    }

    /** Take the colors of a scheme, or of the one that was chosen, and draw all again. */
    setScheme(asked) {
      geomap.applyScheme(asked);
      this.colors = geomap.readTheme();
      this.basemap.redraw();
      this.events.redraw();
      this.mentions?.redraw();
    }

    turnScheme() {
      const dark = document.documentElement.dataset.scheme === "dark";
      document.documentElement.dataset.theme = dark ? "light" : "dark";
      this.setScheme();
    }

    /** Run the filter and show its result everywhere. */
    update() {
      this.filter.run();
      this.events.show(this.filter.rows);
      this.panel.update();
      this.selection.update();
      this.keepAddress();
    }

    keepAddress() {
      if (this.settled) {
        clearTimeout(this.addressTimer);
        this.addressTimer = setTimeout(() => geomap.address.keep(this), ADDRESS_DELAY);
      }
    }

    /** Show what the address asks for; with `fit`, where it says no place, all of it in view. */
    async restore(asked, fit) {
      const { filter } = this;
      for (const name of geomap.FACETS) {
        asked.hidden[name].forEach((value) => filter.hidden[name].add(value));
      }
      for (const name of geomap.CHOSEN) {
        const known = new Set(this.model.many[name].values);
        asked.chosen[name].filter((value) => known.has(value)).forEach((value) => filter.chosen[name].add(value));
      }
      if (asked.time) {
        [filter.from, filter.to] = asked.time;
      }
      filter.undated = asked.undated;
      filter.least = asked.least;
      this.panel.input.value = asked.words;
      if (asked.words || asked.event) {
        await this.needText();
      }
      filter.search(asked.words);
      this.update();
      if (fit) {
        this.fitAll();
      }
      const row = asked.event ? this.rowOf(asked.event) : -1;
      if (row >= 0 && this.model.place(row) && filter.passes(row)) {
        await this.selection.goTo(row, {});
      }
      if (asked.view) {
        this.map.setView(asked.view.center, asked.view.zoom, { animate: false });
      }
    }

    /** The row of an event's id; -1 if there is none. */
    rowOf(id) {
      for (let row = 0; row < this.model.count; row += 1) {
        if (this.model.text.id(row) === id) {
          return row;
        }
      }
      return -1;
    }

    /** Show or hide a facet's values. */
    choose(facet, values, on) {
      values.forEach((value) => this.filter.hidden[facet][on ? "delete" : "add"](value));
      this.update();
    }

    /** Choose an actor or source, or no more. */
    pick(facet, value, on) {
      this.filter.chosen[facet][on ? "add" : "delete"](value);
      this.update();
    }

    showUndated(on) {
      // What goes without saying is not said, so that it changes with the range.
      this.filter.undated = on === !this.filter.timed ? null : on;
      this.update();
    }

    setTime(from, to) {
      Object.assign(this.filter, { from, to });
      this.update();
    }

    setLeast(least) {
      this.filter.least = least;
      this.update();
    }

    async search(words) {
      if (words.trim()) {
        await this.needText();
      }
      this.filter.search(words);
      this.update();
    }

    arrange(how) {
      geomap.arrange(this.model, how);
      this.update();
    }

    /** Whether any of a row's place lies in the map's view. */
    inView(row) {
      const place = this.model.place(row);
      if (!place) {
        return false;
      }
      const { min, max } = this.map.getPixelBounds();
      const size = geomap.worldSize(this.map.getZoom());
      const box = this.boxOf(place);
      // The view may lie on another copy of the world.
      const shift = Math.floor((min.x + max.x) / 2 / size);
      const view = { x0: min.x / size - shift, x1: max.x / size - shift, y0: min.y / size, y1: max.y / size };
      return [-1, 0, 1].some((k) => geomap.meets({ ...box, x0: box.x0 + k, x1: box.x1 + k }, view));
    }

    savePicture() {
      geomap.savePicture(this.map.getContainer(), this.colors);
    }

    async saveGeojson() {
      await this.needText();
      geomap.save("events.geojson", "application/geo+json", geomap.geojson(this.model, this.filter.rows));
    }

    async saveCsv() {
      await this.needText();
      geomap.save("events.csv", "text/csv", geomap.csv(this.model, this.filter.rows));
    }

    reset() {
      this.filter.reset();
      this.panel.input.value = "";
      this.update();
    }

    /** Resolve when the text blob is decoded. */
    needText() {
      this.textReady =
        this.textReady ||
        geomap.inflateJson("geomap-text").then((blob) => {
          this.model.text = geomap.readText(blob);
        });
      return this.textReady;
    }

    outlineOf(iso) {
      if (!this.outlines.has(iso)) {
        this.outlines.set(iso, geomap.outline(this.world, iso));
      }
      return this.outlines.get(iso);
    }

    /** Bounds of a place with its area, as a box in world widths. */
    boxOf(place) {
      const shapes = geomap.shapesOf(this.world, place);
      if (shapes) {
        // The main land alone: else France reaches to Guiana and Russia round the world.
        return shapes[0].polygons[0].box;
      }
      if (place.rings) {
        return place.rings.flat().reduce((box, [x, y]) => geomap.grow(box, pointBox({ x, y })), geomap.emptyBox());
      }
      const reach = place.area ? geomap.kmToWorld(place.radius, place.lat) : 0;
      return { x0: place.x - reach, x1: place.x + reach, y0: place.y - reach, y1: place.y + reach };
    }

    fit(boxes, maxZoom) {
      const box = boxes.reduce((all, one) => geomap.grow(all, one), geomap.emptyBox());
      const bounds = L.latLngBounds(geomap.latLng(box.x0, box.y1), geomap.latLng(box.x1, box.y0));
      this.map.fitBounds(bounds, { maxZoom, padding: [36, 36], animate: false });
    }

    fitAll() {
      const places = this.events.entries.map((entry) => entry.place);
      // A vague region beside better known places may reach beyond the view.
      const vague = ({ level }) => level === "region" || level === "sea";
      const allVague = places.every(vague);
      const boxes = places.map((place) =>
        vague(place) && !allVague ? pointBox(place) : this.boxOf(place),
      );
      if (places.length) {
        this.fit(boxes, places.length === 1 ? SINGLE_ZOOM : CLOSE_ZOOM);
      }
    }

    showEmpty() {
      if (this.model.count === 0) {
        const note = geomap.element(
          "div",
          "gm-empty",
          geomap.text("p", "gm-empty-title", geomap.say("empty_title")),
          geomap.text("p", "", geomap.say("empty_text")),
        );
        note.setAttribute("role", "note");
        note.dir = document.documentElement.dir;
        this.map.getContainer().append(note);
      }
    }

    /** What is drawn in view, for tests and for scripts of a page's owner: pixels of the window. */
    symbols() {
      const { left, top } = this.map.getContainer().getBoundingClientRect();
      const frame = geomap.frameOf(this.map, this.events.above._bounds);
      return this.events.visible(frame).map(({ item, x, y }) => {
        const point = this.map.layerPointToContainerPoint([x, y]);
        const rows = item.entries.flatMap((entry) => entry.rows);
        return { kind: item.kind, x: point.x + left, y: point.y + top, half: item.half, rows };
      });
    }
  }

  // `fit`: whether to move the view to the events.
  async function open(map, { fit }) {
    const [core, world] = await Promise.all([
      geomap.inflateJson("geomap-core"),
      geomap.inflate("geomap-world"),
    ]);
    const app = new App(map, core, geomap.readWorld(world));
    geomap.app = app;
    app.build();
    await app.restore(geomap.address.read(location.hash), fit);
    app.draw();
    app.settled = true;
    setTimeout(() => app.needText(), IDLE);
    document.documentElement.dataset.geomap = "ready";
  }

  /** Start the page; say so where the browser cannot. */
  function start(map, options) {
    geomap.readWords();
    map.getContainer().dir = "ltr"; // what Leaflet reckons with; text in it has its own direction
    return open(map, options).catch((error) => {
      const note = geomap.element("div", "gm-empty", geomap.text("p", "", geomap.say("old_browser")));
      map.getContainer().append(note);
      throw error;
    });
  }

  Object.assign(geomap, { narrow, start });
})((window.geomap = window.geomap || {}));
