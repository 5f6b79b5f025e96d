// Draws areas, arrows and symbols, and answers what lies under the pointer.
(function (geomap) {
  "use strict";

  const NAMED_FROM = 6; // zoom from which single places carry their name
  const MOST_NAMED = 24; // symbols in view up to which they do so at any zoom
  const MANY_ARROWS = 120; // arrows from which each is drawn faintly
  const VAST_KM = 1000; // radius from which a circle is but a rough hint, and covers what it does not mean
  const MANY_AREAS = 40; // areas from which hatching would hide the map

  function traceRings(ctx, rings, size, dx, dy) {
    for (const ring of rings) {
      ring.forEach(([x, y], i) => {
        if (i === 0) {
          ctx.moveTo(x * size + dx, y * size + dy);
        } else {
          ctx.lineTo(x * size + dx, y * size + dy);
        }
      });
      ctx.closePath();
    }
  }

  // A cluster hides the names of its places: it bears that of the one with most events.
  function nameOfItem(item) {
    const main = item.entries.reduce((a, b) => (b.rows.length > a.rows.length ? b : a));
    const name = geomap.ownName(main.place);
    return item.spots > 1 ? `${name} +${geomap.number(item.spots - 1)}` : name;
  }

  /** The layer of all events: two canvases, one below and one above the map's other layers. */
  class EventLayer {
    constructor(app) {
      this.app = app;
      this.entries = [];
      this.areas = [];
      this.arrows = [];
      this.plan = null;
      this.selected = null;
      this.hovered = null;
      this.below = new geomap.ViewCanvas("geomap-areas", (ctx, frame) => this.paintBelow(ctx, frame));
      this.above = new geomap.ViewCanvas("geomap-events", (ctx, frame) => this.paintAbove(ctx, frame));
    }

    addTo(map) {
      this.map = map;
      this.below.addTo(map);
      this.above.addTo(map);
    }

    /** Show these rows. */
    show(rows) {
      this.entries = geomap.tally(this.app.model, rows);
      this.areas = geomap.areasOf(this.app.world, this.entries);
      this.plan = null;
      this.arrows = this.gatherArrows();
      this.redraw();
    }

    redraw() {
      this.below.redraw();
      this.above.redraw();
    }

    planFor(zoom) {
      if (!this.plan || this.plan.zoom !== zoom) {
        this.plan = this.layoutAt(zoom);
      }
      return this.plan;
    }

    layoutAt(zoom) {
      return geomap.layout(this.app.world, this.entries, this.areas, zoom);
    }

    /** The shown rows at a place, with those of the same country if it is one. */
    rowsAt(place) {
      const holds = (one) => one.entries.some((entry) => entry.place === place);
      const whole = this.areas.find(holds) || { entries: this.entries.filter((e) => e.place === place) };
      return whole.entries.flatMap((entry) => entry.rows);
    }

    gatherArrows() {
      const { model } = this.app;
      const arrows = new Map();
      for (const row of this.app.model.moves.filter((one) => this.app.filter.passes(one))) {
        const place = model.place(row);
        const origin = model.origin(row);
        const key = `${origin[1]},${origin[2]},${place.number}`;
        const known = arrows.get(key);
        if (known) {
          known.rows.push(row);
        } else {
          arrows.set(key, {
            place,
            x: geomap.mercatorX(origin[1]),
            y: geomap.mercatorY(origin[2]),
            rows: [row],
          });
        }
      }
      return [...arrows.values()].map((arrow) => {
        const [{ counts, firm }] = geomap.tally(model, arrow.rows);
        return { ...arrow, counts, firm: firm > 0 };
      });
    }

    /** The symbol at a layer point, and its shift onto this copy of the world. */
    itemAt(point) {
      const { zoom, origin, copies } = geomap.frameOf(this.map, this.above._bounds);
      const items = this.planFor(zoom).items;
      for (let i = items.length - 1; i >= 0; i -= 1) {
        for (const shift of copies) {
          if (geomap.hits(items[i], point.x + origin.x - shift, point.y + origin.y)) {
            return items[i];
          }
        }
      }
      return null;
    }

    /** The smallest area around a layer point; null where there is none. */
    areaAt(point) {
      const { size, origin } = geomap.frameOf(this.map, this.above._bounds);
      const x = (((point.x + origin.x) / size) % 1 + 1) % 1;
      const y = (point.y + origin.y) / size;
      const extent = (area) => {
        const box = this.app.boxOf(area.place);
        return (box.x1 - box.x0) * (box.y1 - box.y0);
      };
      const around = this.areas.filter((area) => geomap.isInside(this.app.world, area, x, y));
      return around.sort((a, b) => extent(a) - extent(b))[0] || null;
    }

    visible(frame) {
      const list = [];
      for (const item of this.planFor(frame.zoom).items) {
        for (const shift of frame.copies) {
          const box = geomap.boxOf(item, 4);
          const moved = { x0: box.x0 + shift, x1: box.x1 + shift, y0: box.y0, y1: box.y1 };
          if (geomap.meets(moved, frame.view)) {
            list.push({ item, x: item.x + shift - frame.origin.x, y: item.y - frame.origin.y });
          }
        }
      }
      return list;
    }

    paintBelow(ctx, frame) {
      const { app } = this;
      const theme = app.theme();
      for (const area of this.areas) {
        this.paintArea(ctx, frame, area);
      }
      const seen = this.visible(frame);
      const taken = seen.map(({ item, x, y }) => geomap.boxOf({ ...item, x, y }, 2));
      const named = frame.zoom >= NAMED_FROM || seen.length <= MOST_NAMED;
      const places = seen
        .filter(({ item }) => named && !item.shapes && (item.spots === 1 || item.kind === "point"))
        .map(({ item, x, y }) => ({ text: nameOfItem(item), x, y, gap: item.half + 6 }));
      geomap.drawLabels(ctx, theme, frame, { world: app.world, cities: app.cities, places, taken });
    }

    // Strong for a country, weak for a vague region, an outline alone for what has not happened;
    // weaker where there are many, and hardly a tint where the view lies inside.
    strengthOf(frame, area) {
      if (area.firm === 0) {
        return { fill: 0, hatch: 0, line: 0.9 };
      }
      const many = this.areas.length > MANY_AREAS;
      if (!area.shapes && !area.place.rings && area.place.radius > VAST_KM) {
        return { fill: 0.02, hatch: 0, line: 0.6 };
      }
      const box = this.app.boxOf(area.place);
      const { view, size } = frame;
      const wide = (box.x1 - box.x0) * size > view.x1 - view.x0;
      const tall = (box.y1 - box.y0) * size > view.y1 - view.y0;
      if (wide && tall) {
        return { fill: 0.035, hatch: 0, line: 0.8 };
      }
      if (many || area.place.level === "region" || area.place.level === "sea") {
        return { fill: 0.05, hatch: many ? 0 : 0.14, line: many ? 0.55 : 0.8 };
      }
      return { fill: 0.1, hatch: 0.32, line: 0.95 };
    }

    paintArea(ctx, frame, area) {
      const color = geomap.lineColor(geomap.mainGroup(area.counts), this.app.theme());
      const strength = this.strengthOf(frame, area);
      for (const shift of frame.copies) {
        const dx = shift - frame.origin.x;
        const dy = -frame.origin.y;
        if (!this.traceArea(ctx, frame, area, dx, dy)) {
          continue;
        }
        ctx.globalAlpha = strength.fill;
        ctx.fillStyle = color;
        ctx.fill("evenodd");
        if (strength.hatch) {
          ctx.globalAlpha = strength.hatch;
          ctx.fillStyle = this.hatchOf(ctx, color);
          ctx.fill("evenodd");
        }
        ctx.globalAlpha = strength.line;
        this.strokeArea(ctx, frame, area, color, dx, dy);
        ctx.globalAlpha = 1;
      }
    }

    hatchOf(ctx, color) {
      this.hatches = this.hatches || new Map();
      if (!this.hatches.has(color)) {
        this.hatches.set(color, geomap.hatch(ctx, color));
      }
      return this.hatches.get(color);
    }

    /** Trace an area's shape; false where nothing of it is in view. */
    traceArea(ctx, frame, { place, shapes }, dx, dy) {
      const { world } = this.app;
      const { size, zoom } = frame;
      ctx.beginPath();
      if (shapes) {
        for (const shape of shapes) {
          geomap.traceCountry(ctx, world, shape, zoom, dx, dy);
        }
        return true;
      }
      if (place.rings) {
        traceRings(ctx, place.rings, size, dx, dy);
        return true;
      }
      const radius = geomap.kmToWorld(place.radius, place.lat) * size;
      if (radius < 4) {
        return false;
      }
      ctx.arc(place.x * size + dx, place.y * size + dy, radius, 0, 2 * Math.PI);
      return true;
    }

    strokeArea(ctx, frame, { place, shapes }, color, dx, dy) {
      if (shapes) {
        // Only the outer line: not the one between two shapes of the same country.
        ctx.beginPath();
        for (const arc of this.app.outlineOf(place.country)) {
          geomap.traceArc(ctx, arc, frame.zoom, dx, dy);
        }
      }
      ctx.setLineDash([6, 4]);
      ctx.lineWidth = 1.6;
      ctx.lineJoin = "round";
      ctx.strokeStyle = color;
      ctx.stroke();
      ctx.setLineDash([]);
    }

    paintAbove(ctx, frame) {
      const theme = this.app.theme();
      ctx.globalAlpha = this.arrows.length > MANY_ARROWS ? 0.4 : 1;
      for (const shift of frame.copies) {
        this.paintArrows(ctx, frame, theme, shift);
      }
      ctx.globalAlpha = 1;
      const seen = this.visible(frame);
      for (const { item, x, y } of seen) {
        if (item.away) {
          geomap.paintLead(ctx, theme, item, x, y);
        }
      }
      for (const { item, x, y } of seen) {
        this.paintRing(ctx, frame, item, x, y);
        geomap.paintItem(ctx, theme, item, x, y);
        if (item === this.hovered || this.isSelected(item)) {
          geomap.paintHalo(ctx, theme, item, x, y);
        }
      }
    }

    isSelected(item) {
      return this.selected !== null && item.entries.some((entry) => entry.place.number === this.selected);
    }

    paintArrows(ctx, frame, theme, shift) {
      const { byPlace } = this.planFor(frame.zoom);
      for (const arrow of this.arrows) {
        const item = byPlace.get(arrow.place.number);
        if (!item) {
          continue;
        }
        let x = arrow.x * frame.size;
        if (item.x - x > frame.size / 2) {
          x += frame.size;
        } else if (x - item.x > frame.size / 2) {
          x -= frame.size;
        }
        geomap.paintArrow(ctx, {
          theme,
          color: geomap.lineColor(geomap.mainGroup(arrow.counts), theme),
          firm: arrow.firm,
          x0: x + shift - frame.origin.x,
          y0: arrow.y * frame.size - frame.origin.y,
          x1: item.x + shift - frame.origin.x,
          y1: item.y - frame.origin.y,
          stop: (item.r || item.high) + 4,
        });
      }
    }

    paintRing(ctx, frame, item, x, y) {
      if (item.kind !== "point" || item.spots !== 1) {
        return;
      }
      const { place, counts } = item.entries[0];
      const radius = geomap.kmToWorld(place.radius, place.lat) * frame.size;
      if (radius < item.r + 5) {
        return;
      }
      const { color } = geomap.mainGroup(counts);
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
      ctx.globalAlpha = 0.08;
      ctx.fillStyle = color;
      ctx.fill();
      ctx.globalAlpha = 0.75;
      ctx.lineWidth = 1.2;
      ctx.strokeStyle = color;
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
  }

  geomap.EventLayer = EventLayer;
})((window.geomap = window.geomap || {}));
