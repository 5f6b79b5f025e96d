// Places the names of countries and cities so that none covers another or a symbol.
(function (geomap) {
  "use strict";

  const CELL = 64; // pixels: side of the buckets that taken boxes are kept in
  const FACE = '"Inter", "Segoe UI", system-ui, -apple-system, "Noto Sans", Roboto, sans-serif';
  // People from which a city is named, by zoom.
  const LEAST_PEOPLE = [9e9, 9e9, 9e9, 6e6, 3e6, 1.2e6, 5e5, 2e5, 7e4, 2e4, 0];
  const CAPITAL_PEOPLE = [9e9, 9e9, 9e9, 9e9, 1.5e6, 2e5, 2e4, 0];

  /** A set of boxes that says whether a new one is free. */
  class Boxes {
    constructor() {
      this.cells = new Map();
    }

    keys(box) {
      const keys = [];
      for (let i = Math.floor(box.x0 / CELL); i <= Math.floor(box.x1 / CELL); i += 1) {
        for (let j = Math.floor(box.y0 / CELL); j <= Math.floor(box.y1 / CELL); j += 1) {
          keys.push(i * 100003 + j);
        }
      }
      return keys;
    }

    free(box) {
      return this.keys(box).every((key) =>
        (this.cells.get(key) || []).every((taken) => !geomap.meets(taken, box)),
      );
    }

    add(box) {
      for (const key of this.keys(box)) {
        const cell = this.cells.get(key);
        if (cell) {
          cell.push(box);
        } else {
          this.cells.set(key, [box]);
        }
      }
    }
  }

  function countrySize(country, frame) {
    const room = country.room * frame.size;
    return Math.max(9.5, Math.min(15, room / 11));
  }

  function write(ctx, theme, text, x, y, color, width) {
    ctx.lineJoin = "round";
    ctx.lineWidth = width;
    ctx.strokeStyle = theme["label-halo"];
    ctx.strokeText(text, x, y);
    ctx.fillStyle = color;
    ctx.fillText(text, x, y);
  }

  // A name over two lines where that is much narrower.
  function lines(name) {
    const words = name.split(" ");
    if (words.length < 2 || name.length < 12) {
      return [name];
    }
    let best = [name];
    for (let i = 1; i < words.length; i += 1) {
      const pair = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
      if (Math.max(...pair.map((line) => line.length)) < Math.max(...best.map((line) => line.length))) {
        best = pair;
      }
    }
    return best;
  }

  function countryLabel({ iso, name }) {
    const shared = iso && geomap.world.names.get(iso) !== name; // a part with its own name
    return (iso && !shared ? geomap.countryName(iso) : name).toUpperCase();
  }

  function drawCountry(ctx, theme, frame, boxes, country, shift) {
    const room = country.room * frame.size;
    const size = countrySize(country, frame);
    ctx.font = `600 ${size}px ${FACE}`;
    // Spacing would tear the letters of a connected script apart.
    const spacing = geomap.isRightToLeft() ? "0px" : `${(size * 0.09).toFixed(1)}px`;
    ctx.letterSpacing = spacing;
    const text = lines(countryLabel(country));
    const width = Math.max(...text.map((line) => ctx.measureText(line).width));
    const needed = frame.zoom >= 6 ? 0 : frame.zoom >= 5 ? 0.45 : frame.zoom >= 4 ? 0.6 : 0.8;
    ctx.letterSpacing = "0px";
    if (room < width * needed) {
      return;
    }
    const height = size * 1.2 * text.length;
    const x = country.x * frame.size + shift - frame.origin.x;
    const y = country.y * frame.size - frame.origin.y;
    for (const dy of [0, height, -height, 2 * height]) {
      const box = {
        x0: x - width / 2 - 4,
        x1: x + width / 2 + 4,
        y0: y + dy - height / 2,
        y1: y + dy + height / 2,
      };
      if (boxes.free(box) && (dy === 0 || room > height * 4)) {
        boxes.add(box);
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.letterSpacing = spacing;
        text.forEach((line, i) => {
          const top = y + dy + (i - (text.length - 1) / 2) * size * 1.2;
          write(ctx, theme, line, x, top, theme["label-country"], 3);
        });
        ctx.letterSpacing = "0px";
        break;
      }
    }
  }

  function drawMark(ctx, theme, x, y, capital) {
    ctx.beginPath();
    if (capital) {
      ctx.rect(x - 2.6, y - 2.6, 5.2, 5.2);
    } else {
      ctx.arc(x, y, 2.1, 0, 2 * Math.PI);
    }
    ctx.fillStyle = theme["label-halo"];
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = theme["label-city"];
    ctx.stroke();
  }

  // Text may stand right or left of its dot, above or below it.
  function around(x, y, width, height, gap) {
    return [
      { align: "left", x: x + gap, y, x0: x + gap, x1: x + gap + width, y0: y - height / 2 },
      { align: "right", x: x - gap, y, x0: x - gap - width, x1: x - gap, y0: y - height / 2 },
      { align: "center", x, y: y - gap - height / 2, x0: x - width / 2, x1: x + width / 2, y0: y - gap - height },
      { align: "center", x, y: y + gap + height / 2, x0: x - width / 2, x1: x + width / 2, y0: y + gap },
    ].map((spot) => ({ ...spot, y1: spot.y0 + height }));
  }

  function holds(outer, box) {
    return box.x0 >= outer.x0 && box.x1 <= outer.x1 && box.y0 >= outer.y0 && box.y1 <= outer.y1;
  }

  // The name of what is in sight is so in full, or not drawn.
  function drawName(ctx, theme, { sight }, boxes, label) {
    ctx.font = `${label.weight} ${label.size}px ${FACE}`;
    const width = ctx.measureText(label.text).width;
    const spots = around(label.x, label.y, width, label.size * 1.25, label.gap);
    const seen = holds(sight, { x0: label.x, x1: label.x, y0: label.y, y1: label.y });
    const spot = spots.find((box) => (!seen || holds(sight, box)) && boxes.free(box));
    if (!spot) {
      return false;
    }
    boxes.add(spot);
    ctx.textAlign = spot.align;
    ctx.textBaseline = "middle";
    write(ctx, theme, label.text, spot.x, spot.y, label.color, 3);
    return true;
  }

  function drawCity(ctx, theme, frame, boxes, city, shift) {
    const x = city.x * frame.size + shift - frame.origin.x;
    const y = city.y * frame.size - frame.origin.y;
    const dot = { x0: x - 4, x1: x + 4, y0: y - 4, y1: y + 4 };
    if (!boxes.free(dot)) {
      return;
    }
    const label = {
      text: city.name,
      x,
      y,
      gap: 6,
      weight: city.capital ? 600 : 400,
      size: city.population > 2e6 || city.capital ? 11.5 : 10.5,
      color: theme["label-city"],
    };
    if (drawName(ctx, theme, frame, boxes, label)) {
      boxes.add(dot);
      drawMark(ctx, theme, x, y, city.capital);
    }
  }

  function shown(city, zoom) {
    const steps = city.capital ? CAPITAL_PEOPLE : LEAST_PEOPLE;
    return city.population >= steps[Math.min(zoom, steps.length - 1)];
  }

  /** Draw all names; `taken` boxes (layer points) stay free, `places` are named at their symbols. */
  function drawLabels(ctx, theme, frame, { world, cities, places, taken }) {
    const boxes = new Boxes();
    taken.forEach((box) => boxes.add(box));
    for (const place of places) {
      drawName(ctx, theme, frame, boxes, { ...place, weight: 600, size: 12, color: theme["label-place"] });
    }
    const { size, view } = frame;
    for (const shift of frame.copies) {
      const visible = ({ x, y }) =>
        x * size + shift >= view.x0 && x * size + shift <= view.x1 && y * size >= view.y0 && y * size <= view.y1;
      for (const country of world.countries) {
        if (country.room && visible(country)) {
          drawCountry(ctx, theme, frame, boxes, country, shift);
        }
      }
      for (const city of cities) {
        if (shown(city, frame.zoom) && visible(city)) {
          drawCity(ctx, theme, frame, boxes, city, shift);
        }
      }
    }
  }

  Object.assign(geomap, { Boxes, drawLabels, FACE });
})((window.geomap = window.geomap || {}));
