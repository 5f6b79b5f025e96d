// Paints one symbol, arrow or hatch at a time onto a canvas.
(function (geomap) {
  "use strict";

  const HATCH = 7; // pixels between the lines of a hatch
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
    ctx.fillText(geomap.compact(item.count), x, y + 0.5);
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
    ctx.setLineDash(item.firm ? [] : [4, 2.5]);
    ctx.lineWidth = 1.8;
    const color = geomap.lineColor(group, theme);
    ctx.strokeStyle = color;
    ctx.stroke();
    ctx.setLineDash([]);
    if (item.count === 1) {
      const faint = group.ink !== "#ffffff" && !theme.dark; // a light color, on a light badge
      paintShape(ctx, group, x, y, 0.56, faint ? theme["symbol-ink"] : color);
      return;
    }
    ctx.fillStyle = theme["symbol-ink"];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `700 12px ${geomap.FACE}`;
    ctx.fillText(geomap.compact(item.count), x, y - 1.5);
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

  /** Paint the line from a badge that found no room in its area to where it belongs. */
  function paintLead(ctx, theme, item, x, y) {
    const color = geomap.lineColor(geomap.mainGroup(item.counts), theme);
    const [ax, ay] = [x + item.away.x - item.x, y + item.away.y - item.y];
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = color;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(ax, ay);
    ctx.stroke();
    ctx.setLineDash([]);
    circle(ctx, ax, ay, 2.4);
    ctx.fillStyle = color;
    ctx.fill();
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

  /** Paint an item's symbol with its middle at (x, y). */
  function paintItem(ctx, theme, item, x, y) {
    if (item.kind === "area") {
      paintBadge(ctx, theme, item, x, y);
    } else if (item.count === 1) {
      paintDot(ctx, theme, item, x, y);
    } else {
      paintCluster(ctx, theme, item, x, y);
    }
  }

  /** Paint the ring around the item under the pointer or with an open card. */
  function paintHalo(ctx, theme, item, x, y) {
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

  Object.assign(geomap, { hatch, paintArrow, paintLead, paintItem, paintHalo });
})((window.geomap = window.geomap || {}));
