// Draws areas, arrows and symbols, and answers what lies under the pointer.
(function (geomap) {
  "use strict";

  const HATCH = 7; // pixels between the lines of a hatch
  const NAMED_FROM = 6; // zoom from which single places carry their name
  const MOST_NAMED = 24; // symbols in view up to which they do so at any zoom
  const MANY_AREAS = 40; // areas from which hatching would hide the map
  const HEAD = 9; // pixels: length of an arrow's head

  function hatch(ctx, color) {
    const tile = document.createElement("canvas");
    const ratio = 2;
    tile.width = HATCH * ratio;
    tile.height = HATCH * ratio;
    const pen = tile.getContext("2d");
    pen.scale(ratio, ratio);
    pen.strokeStyle = color;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const shift of [-HATCH, 0, HATCH]) {
      pen.moveTo(shift - 1, HATCH + 1);
      pen.lineTo(shift + HATCH + 1, -1);
    }
    pen.stroke();
    const pattern = ctx.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    return pattern;
  }

  function traceLonLat(ctx, rings, size, dx, dy) {
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
        .filter(({ item }) => named && item.spots === 1 && !item.shapes)
        .map(({ item, x, y }) => ({ text: item.entries[0].place.name, x, y, gap: item.half + 4 }));
      geomap.drawLabels(ctx, theme, frame, { world: app.world, cities: app.cities, places, taken });
    }

    // Strong for a country, weak for a vague region, an outline alone for what has not happened;
    // weaker where there are many, and hardly a tint where the view lies inside.
    strengthOf(frame, area) {
      if (area.firm === 0) {
        return { fill: 0, hatch: 0, line: 0.9 };
      }
      const many = this.areas.length > MANY_AREAS;
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
        this.hatches.set(color, hatch(ctx, color));
      }
      return this.hatches.get(color);
    }

    /** Trace an area's shape; false where nothing of it is in view. */
    traceArea(ctx, frame, { place, shapes }, dx, dy) {
      const { world, model } = this.app;
      const { size, zoom } = frame;
      ctx.beginPath();
      if (shapes) {
        for (const shape of shapes) {
          geomap.traceCountry(ctx, world, shape, zoom, dx, dy);
        }
        return true;
      }
      const rings = model.outlines.get(place.number);
      if (rings) {
        traceLonLat(ctx, rings, size, dx, dy);
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
      for (const shift of frame.copies) {
        this.paintArrows(ctx, frame, theme, shift);
      }
      for (const { item, x, y } of this.visible(frame)) {
        this.paintRing(ctx, frame, item, x, y);
        this.paintItem(ctx, theme, item, x, y);
        if (item === this.hovered || this.isSelected(item)) {
          this.paintHalo(ctx, theme, item, x, y);
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
        paintArrow(ctx, {
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

    paintItem(ctx, theme, item, x, y) {
      if (item.kind === "area") {
        paintBadge(ctx, theme, item, x, y);
      } else if (item.count === 1) {
        paintDot(ctx, theme, item, x, y);
      } else {
        paintCluster(ctx, theme, item, x, y);
      }
    }

    paintHalo(ctx, theme, item, x, y) {
      ctx.beginPath();
      if (item.kind === "area") {
        ctx.roundRect(x - item.half - 3.5, y - item.high - 3.5, item.half * 2 + 7, item.high * 2 + 7, 9);
      } else {
        ctx.arc(x, y, item.r + 3.5, 0, 2 * Math.PI);
      }
      ctx.lineWidth = 2.5;
      ctx.strokeStyle = theme["area-ink"];
      ctx.stroke();
    }
  }

  function paintShape(ctx, group, x, y, scale, color) {
    ctx.save();
    ctx.translate(x - 12 * scale, y - 12 * scale);
    ctx.scale(scale, scale);
    ctx.fillStyle = color;
    ctx.fill(group.path, "evenodd");
    ctx.restore();
  }

  function shade(ctx, theme, trace) {
    ctx.save();
    ctx.shadowColor = "rgba(0, 0, 0, .32)";
    ctx.shadowBlur = 4;
    ctx.shadowOffsetY = 1;
    trace();
    ctx.fillStyle = theme["symbol-face"];
    ctx.fill();
    ctx.restore();
  }

  function circle(ctx, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
  }

  function paintDot(ctx, theme, item, x, y) {
    const group = geomap.mainGroup(item.counts);
    shade(ctx, theme, () => circle(ctx, x, y, item.r));
    if (item.firm) {
      circle(ctx, x, y, item.r - 1.4);
      ctx.fillStyle = group.color;
      ctx.fill();
    } else {
      circle(ctx, x, y, item.r - 1.6);
      ctx.setLineDash([3.4, 2.2]);
      ctx.lineWidth = 1.8;
      ctx.strokeStyle = geomap.lineColor(group, theme);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    paintShape(ctx, group, x, y, 0.5, item.firm ? group.ink : theme["symbol-ink"]);
  }

  function compact(count) {
    if (count < 1000) {
      return String(count);
    }
    return count < 10000 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
  }

  function paintCluster(ctx, theme, item, x, y) {
    shade(ctx, theme, () => circle(ctx, x, y, item.r));
    const width = item.r > 18 ? 5 : 4;
    let angle = -Math.PI / 2;
    ctx.lineWidth = width;
    if (item.firm === 0) {
      ctx.setLineDash([4, 3]);
    }
    item.counts.forEach((count, i) => {
      if (count) {
        const next = angle + (2 * Math.PI * count) / item.count;
        ctx.beginPath();
        ctx.arc(x, y, item.r - width / 2 - 0.8, angle, next);
        ctx.strokeStyle = (geomap.GROUPS[i] || geomap.OTHER).color;
        ctx.stroke();
        angle = next;
      }
    });
    ctx.setLineDash([]);
    ctx.fillStyle = theme["symbol-ink"];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `700 ${item.r > 18 ? 12.5 : 11.5}px ${geomap.FACE}`;
    ctx.fillText(compact(item.count), x, y + 0.5);
  }

  function box(ctx, x, y, item, inset) {
    ctx.beginPath();
    ctx.roundRect(
      x - item.half + inset,
      y - item.high + inset,
      2 * (item.half - inset),
      2 * (item.high - inset),
      6 - inset,
    );
  }

  // A badge is square and dashed, so that nobody takes it for a point on the map.
  function paintBadge(ctx, theme, item, x, y) {
    const group = geomap.mainGroup(item.counts);
    shade(ctx, theme, () => box(ctx, x, y, item, 0));
    box(ctx, x, y, item, 1.5);
    ctx.setLineDash([4, 2.5]);
    ctx.lineWidth = 1.8;
    const color = geomap.lineColor(group, theme);
    ctx.strokeStyle = color;
    ctx.stroke();
    ctx.setLineDash([]);
    if (item.count === 1) {
      paintShape(ctx, group, x, y, 0.56, item.firm ? color : theme["symbol-ink"]);
      return;
    }
    ctx.fillStyle = theme["symbol-ink"];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `700 12px ${geomap.FACE}`;
    ctx.fillText(compact(item.count), x, y - 1.5);
    paintBar(ctx, item, x, y);
  }

  function paintBar(ctx, item, x, y) {
    const width = item.half * 2 - 10;
    let left = x - width / 2;
    item.counts.forEach((count, i) => {
      const part = (width * count) / item.count;
      ctx.fillStyle = (geomap.GROUPS[i] || geomap.OTHER).color;
      ctx.fillRect(left, y + item.high - 6.5, part, 3);
      left += part;
    });
  }

  function paintArrow(ctx, { theme, color, firm, x0, y0, x1, y1, stop }) {
    const dx = x1 - x0;
    const dy = y1 - y0;
    const length = Math.hypot(dx, dy);
    if (length < stop + HEAD + 8) {
      return;
    }
    const bend = Math.min(0.22 * length, 90) * (dx >= 0 ? -1 : 1);
    const cx = (x0 + x1) / 2 - (dy / length) * bend;
    const cy = (y0 + y1) / 2 + (dx / length) * bend;
    const angle = Math.atan2(y1 - cy, x1 - cx);
    const ex = x1 - Math.cos(angle) * stop;
    const ey = y1 - Math.sin(angle) * stop;
    const bx = ex - Math.cos(angle) * HEAD * 0.8;
    const by = ey - Math.sin(angle) * HEAD * 0.8;
    for (const [ink, width] of [[theme["symbol-face"], 4.6], [color, 2.2]]) {
      ctx.lineWidth = width;
      ctx.strokeStyle = ink;
      ctx.fillStyle = ink;
      ctx.lineCap = "round";
      ctx.setLineDash(firm || ink !== color ? [] : [6, 5]);
      ctx.beginPath();
      ctx.moveTo(x0, y0);
      ctx.quadraticCurveTo(cx, cy, bx, by);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.beginPath();
    ctx.moveTo(ex, ey);
    ctx.lineTo(ex - HEAD * Math.cos(angle - 0.45), ey - HEAD * Math.sin(angle - 0.45));
    ctx.lineTo(ex - HEAD * Math.cos(angle + 0.45), ey - HEAD * Math.sin(angle + 0.45));
    ctx.closePath();
    ctx.fill();
    circle(ctx, x0, y0, 3.6);
    ctx.fillStyle = theme["symbol-face"];
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.stroke();
    ctx.lineCap = "butt";
  }

  geomap.EventLayer = EventLayer;
})((window.geomap = window.geomap || {}));
