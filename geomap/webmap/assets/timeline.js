// A histogram over time, colored by group, with a range to choose.
(function (geomap) {
  "use strict";

  const { element, text } = geomap;
  const MOST_BARS = 60;
  const FULL = 2; // events that fill a bar at least, so that one does not look like many
  const HEIGHT = 54; // pixels
  const UNITS = ["day", "week", "month", "quarter", "year", "decade"];
  const MONTHS_IN = { month: 1, quarter: 3, year: 12, decade: 120 };

  function monthStart(day, months) {
    const date = new Date(day * 86400000);
    const number = date.getUTCFullYear() * 12 + date.getUTCMonth();
    return (k) => {
      const month = (Math.floor(number / months) + k) * months;
      return Date.UTC(Math.floor(month / 12), month % 12) / 86400000;
    };
  }

  function edges(first, last, unit) {
    const step = { day: 1, week: 7 }[unit];
    const start = step ? (k) => first + k * step : monthStart(first, MONTHS_IN[unit]);
    const list = [start(0)];
    while (list[list.length - 1] <= last && list.length <= MOST_BARS + 1) {
      list.push(start(list.length));
    }
    return list;
  }

  /** Days at which bars begin, and the end of the last: the finest unit that gives few enough. */
  function bins(first, last) {
    for (const unit of UNITS) {
      const list = edges(first, last, unit);
      if (list.length <= MOST_BARS + 1) {
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

  class Timeline {
    constructor(app) {
      this.app = app;
      this.frame = 0; // the picture that a drag waits for
      const { first } = app.model.days;
      const known = first.filter((day) => !Number.isNaN(day));
      const low = known.reduce((a, b) => Math.min(a, b), Infinity);
      const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
      this.bins = low < high ? bins(low, high) : null;
      this.root = element("section", "gm-time");
      this.root.setAttribute("aria-label", "Time");
      this.root.hidden = !this.bins;
      if (this.bins) {
        this.build();
      }
    }

    build() {
      const bars = this.bins.length - 1;
      this.canvas = element("canvas", "gm-bars");
      this.canvas.setAttribute("aria-hidden", "true");
      // Each row's bar, once: -1 for a row without a date.
      this.bars = Int16Array.from(this.app.model.days.first, (day) =>
        Number.isNaN(day) ? -1 : binOf(this.bins, day),
      );
      this.start = this.slider("From", 0, bars - 1);
      this.end = this.slider("To", bars - 1, bars - 1);
      this.label = text("p", "gm-range", "");
      const chart = element("div", "gm-chart", this.canvas, this.start, this.end);
      this.root.append(chart, this.label);
      this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
      this.canvas.addEventListener("dblclick", () => {
        cancelAnimationFrame(this.frame);
        this.frame = 0;
        this.choose(0, bars - 1);
      });
      // The width is kept, because to ask for it would lay out the whole page anew.
      new ResizeObserver(([{ contentRect }]) => {
        this.width = contentRect.width;
        this.draw();
      }).observe(this.canvas);
    }

    slider(name, value, most) {
      const input = element("input", "gm-slider");
      input.type = "range";
      input.min = 0;
      input.max = most;
      input.value = value;
      input.setAttribute("aria-label", name);
      input.addEventListener("input", () => {
        const [a, b] = [Number(this.start.value), Number(this.end.value)];
        this.choose(Math.min(a, b), Math.max(a, b));
      });
      return input;
    }

    barAt(event) {
      const box = this.canvas.getBoundingClientRect();
      const bars = this.bins.length - 1;
      const at = Math.floor(((event.clientX - box.left) / box.width) * bars);
      return Math.max(0, Math.min(bars - 1, at));
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
    choose(a, b) {
      const all = a === 0 && b === this.bins.length - 2;
      this.app.setTime(all ? -Infinity : this.bins[a], all ? Infinity : this.bins[b + 1] - 1);
    }

    /** Bars that the filter's range covers. */
    chosen() {
      const { from, to } = this.app.filter;
      const last = this.bins.length - 2;
      return [from === -Infinity ? 0 : binOf(this.bins, from), to === Infinity ? last : binOf(this.bins, to)];
    }

    update() {
      if (!this.bins) {
        return;
      }
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
      const [from, to] = [geomap.isoDay(this.bins[a]), geomap.isoDay(this.bins[b + 1] - 1)];
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
      const [a, b] = this.chosen();
      counts.forEach((bar, i) => {
        ctx.globalAlpha = i >= a && i <= b ? 1 : 0.22;
        this.drawBar(ctx, bar, i * step, Math.max(1, step - 1.2), (HEIGHT - 4) / most);
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
