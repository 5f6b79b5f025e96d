// A histogram over time, colored by group, with a range to choose, move and play.
(function (geomap) {
  "use strict";

  const { element, text } = geomap;
  const MOST_BARS = 60; // chosen by the page itself
  const MOST_ASKED = 1500; // chosen by the reader
  const FULL = 2; // events that fill a bar at least, so that one does not look like many
  const HEIGHT = 54; // pixels
  const TICK = 700; // ms between the steps of playing
  const PLAYED = 12; // playing starts with this part of the time, if none is chosen
  const UNITS = ["day", "week", "month", "quarter", "year", "decade"];
  const OFFERED = ["day", "week", "month"];
  const MONTHS_IN = { month: 1, quarter: 3, year: 12, decade: 120 };
  const MONDAY = 3; // days from a Monday to 1 January 1970

  function monthStart(day, months) {
    const date = new Date(day * 86400000);
    const number = date.getUTCFullYear() * 12 + date.getUTCMonth();
    return (k) => {
      const month = (Math.floor(number / months) + k) * months;
      return Date.UTC(Math.floor(month / 12), month % 12) / 86400000;
    };
  }

  function starts(first, unit) {
    if (unit === "day") {
      return (k) => first + k;
    }
    if (unit === "week") {
      const monday = Math.floor((first + MONDAY) / 7) * 7 - MONDAY;
      return (k) => monday + 7 * k;
    }
    return monthStart(first, MONTHS_IN[unit]);
  }

  /** Days at which bars begin, and the end of the last; null if they were more than `most`. */
  function edges(first, last, unit, most) {
    const start = starts(first, unit);
    const list = [start(0)];
    while (list[list.length - 1] <= last) {
      if (list.length > most) {
        return null;
      }
      list.push(start(list.length));
    }
    return list;
  }

  /** The finest unit that gives few enough bars. */
  function finest(first, last) {
    for (const unit of UNITS) {
      const list = edges(first, last, unit, MOST_BARS);
      if (list) {
        return list;
      }
    }
    return [first, last + 1];
  }

  function binOf(list, day) {
    let low = 0;
    let high = list.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (list[middle] <= day) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  // The first and last day of all events; null if they are of one day or none.
  function spanOf(days) {
    let low = Infinity;
    let high = -Infinity;
    for (const day of days) {
      if (day < low) {
        low = day;
      }
      if (day > high) {
        high = day;
      }
    }
    return low < high ? [low, high] : null;
  }

  class Timeline {
    constructor(app) {
      this.app = app;
      this.frame = 0; // the picture that a drag waits for
      this.timer = 0; // of playing
      this.span = spanOf(app.model.days.first);
      this.root = element("section", "gm-time");
      this.root.setAttribute("aria-label", geomap.say("time"));
      this.root.hidden = !this.span && !app.model.days.undated;
      if (this.span) {
        this.bins = finest(...this.span);
        this.build();
      }
      this.root.append(this.undatedSwitch());
    }

    build() {
      this.canvas = element("canvas", "gm-bars");
      this.canvas.setAttribute("aria-hidden", "true");
      this.start = this.slider(geomap.say("from"));
      this.end = this.slider(geomap.say("to"));
      this.label = text("p", "gm-range", "");
      const chart = element("div", "gm-chart", this.canvas, this.start, this.end);
      chart.dir = "ltr"; // time runs to the right, as on charts in any script
      this.root.append(chart, element("div", "gm-timebar", this.label, this.steps(), this.unitChoice()));
      this.measure();
      this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
      this.canvas.addEventListener("dblclick", () => {
        cancelAnimationFrame(this.frame);
        this.frame = 0;
        this.choose(0, this.last);
      });
      // The width is kept, because to ask for it would lay out the whole page anew.
      new ResizeObserver(([{ contentRect }]) => {
        this.width = contentRect.width;
        this.draw();
      }).observe(this.canvas);
    }

    get last() {
      return this.bins.length - 2;
    }

    // Each row's bar, once: -1 for a row without a date.
    measure() {
      this.bars = new Int16Array(this.app.model.count);
      this.app.model.days.first.forEach((day, row) => {
        this.bars[row] = Number.isNaN(day) ? -1 : binOf(this.bins, day);
      });
      this.start.max = this.last;
      this.end.max = this.last;
    }

    slider(name) {
      const input = element("input", "gm-slider");
      Object.assign(input, { type: "range", min: 0 });
      input.setAttribute("aria-label", name);
      input.addEventListener("input", () => {
        const [a, b] = [Number(this.start.value), Number(this.end.value)];
        this.choose(Math.min(a, b), Math.max(a, b));
      });
      return input;
    }

    /** Buttons that move the range by its own length, and play it. */
    steps() {
      const button = (sign, label, act) => {
        const node = text("button", "gm-step", sign);
        node.type = "button";
        node.setAttribute("aria-label", label);
        node.title = label;
        node.addEventListener("click", act);
        return node;
      };
      this.playButton = button("▶", geomap.say("play"), () => this.play(!this.timer));
      const back = button("‹", geomap.say("earlier"), () => this.move(-1));
      const on = button("›", geomap.say("later"), () => this.move(1));
      const group = element("div", "gm-steps", back, this.playButton, on);
      group.dir = "ltr";
      return group;
    }

    unitChoice() {
      const select = element("select", "gm-select");
      select.setAttribute("aria-label", geomap.say("bars"));
      for (const unit of ["auto", ...OFFERED]) {
        const option = element("option", "", geomap.say(unit));
        option.value = unit;
        option.disabled = unit !== "auto" && !edges(...this.span, unit, MOST_ASKED);
        select.append(option);
      }
      select.addEventListener("change", () => {
        const asked = select.value === "auto" ? null : edges(...this.span, select.value, MOST_ASKED);
        this.bins = asked || finest(...this.span);
        this.measure();
        this.update();
      });
      return select;
    }

    undatedSwitch() {
      const box = element("input", "gm-check");
      box.type = "checkbox";
      box.addEventListener("change", () => this.app.showUndated(box.checked));
      this.undated = box;
      this.undatedLabel = element("span", "");
      const label = element("label", "gm-undated", box, this.undatedLabel);
      label.hidden = !this.app.model.days.undated;
      return label;
    }

    barAt(event) {
      const box = this.canvas.getBoundingClientRect();
      const at = Math.floor(((event.clientX - box.left) / box.width) * (this.last + 1));
      return Math.max(0, Math.min(this.last, at));
    }

    drag(event) {
      const from = this.barAt(event);
      this.canvas.setPointerCapture(event.pointerId);
      let to = from;
      const move = (next) => {
        to = this.barAt(next);
        // Once a picture at most, however fast the pointer moves.
        this.frame =
          this.frame ||
          requestAnimationFrame(() => {
            this.frame = 0;
            this.choose(Math.min(from, to), Math.max(from, to));
          });
      };
      move(event);
      this.canvas.addEventListener("pointermove", move);
      const stop = () => this.canvas.removeEventListener("pointermove", move);
      this.canvas.addEventListener("pointerup", stop, { once: true });
      this.canvas.addEventListener("pointercancel", stop, { once: true });
      event.preventDefault();
    }

    /** Choose bars a to b; all of them is no choice. */
    choose(a, b, playing) {
      if (!playing) {
        this.play(false);
      }
      const all = a === 0 && b === this.last;
      this.app.setTime(all ? -Infinity : this.bins[a], all ? Infinity : this.bins[b + 1] - 1);
    }

    /** Move the range by its length, within the time there is; whether it moved. */
    move(direction, playing) {
      const [a, b] = this.chosen();
      const length = b - a + 1;
      const by = Math.max(-a, Math.min(this.last - b, direction * (playing ? 1 : length)));
      if (by === 0) {
        return false;
      }
      this.choose(a + by, b + by, playing);
      return true;
    }

    /** Let the range run from bar to bar; from the beginning if there is none or it is at the end. */
    play(on) {
      clearInterval(this.timer);
      this.timer = 0;
      if (on) {
        const [a, b] = this.chosen();
        const whole = a === 0 && b === this.last;
        if (whole || b === this.last) {
          const length = whole ? Math.ceil((this.last + 1) / PLAYED) : b - a + 1;
          this.choose(0, length - 1, true);
        }
        this.timer = setInterval(() => this.move(1, true) || this.play(false), TICK);
      }
      this.playButton.textContent = on ? "❚❚" : "▶";
      const label = geomap.say(on ? "pause" : "play");
      this.playButton.setAttribute("aria-label", label);
      this.playButton.title = label;
    }

    /** Bars that the filter's range covers. */
    chosen() {
      const { from, to } = this.app.filter;
      return [
        from === -Infinity ? 0 : binOf(this.bins, from),
        to === Infinity ? this.last : binOf(this.bins, to),
      ];
    }

    update() {
      const { filter } = this.app;
      this.undated.checked = filter.showsUndated;
      this.undatedLabel.textContent = geomap.plural("undated", filter.undatedCount);
      if (this.span) {
        this.updateBars();
      }
    }

    updateBars() {
      const { model, filter } = this.app;
      const kinds = geomap.GROUPS.length + 1;
      this.counts = this.bins.slice(1).map(() => new Uint32Array(kinds));
      for (let row = 0; row < model.count; row += 1) {
        const bar = this.bars[row];
        if (bar >= 0 && filter.passesButTime(row)) {
          this.counts[bar][model.groupNumbers[row]] += 1;
        }
      }
      const [a, b] = this.chosen();
      this.start.value = a;
      this.end.value = b;
      // A bar may begin before the first event, and the last one end after the last.
      const [low, high] = this.span;
      const from = geomap.isoDay(Math.max(low, this.bins[a]));
      const to = geomap.isoDay(Math.min(high, this.bins[b + 1] - 1));
      this.label.textContent = geomap.when(from, to, "day");
      this.start.setAttribute("aria-valuetext", geomap.when(from, from, "day"));
      this.end.setAttribute("aria-valuetext", geomap.when(to, to, "day"));
      this.root.classList.toggle("gm-timed", filter.timed);
      this.draw();
    }

    draw() {
      const { canvas, counts, width } = this;
      if (!counts || !width) {
        return;
      }
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      canvas.width = width * ratio;
      canvas.height = HEIGHT * ratio;
      const ctx = canvas.getContext("2d");
      ctx.scale(ratio, ratio);
      const sums = counts.map((bar) => bar.reduce((a, b) => a + b, 0));
      const most = Math.max(FULL, ...sums);
      const step = width / counts.length;
      const gap = step > 3 ? 1.2 : 0;
      const [a, b] = this.chosen();
      counts.forEach((bar, i) => {
        ctx.globalAlpha = i >= a && i <= b ? 1 : 0.22;
        this.drawBar(ctx, bar, i * step, Math.max(1, step - gap), (HEIGHT - 4) / most);
      });
    }

    drawBar(ctx, bar, x, width, scale) {
      let y = HEIGHT;
      bar.forEach((count, i) => {
        if (count) {
          const height = Math.max(1, count * scale);
          ctx.fillStyle = (geomap.GROUPS[i] || geomap.OTHER).color;
          ctx.fillRect(x, y - height, width, height);
          y -= height;
        }
      });
    }
  }

  geomap.Timeline = Timeline;
})((window.geomap = window.geomap || {}));
