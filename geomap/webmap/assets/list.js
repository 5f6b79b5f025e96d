// The list of events: however many there are, only what is in sight is in the page.
(function (geomap) {
  "use strict";

  const { element, text } = geomap;
  const OVER = 12; // entries kept ready above and below those in sight
  const USUAL = 55; // pixels: an entry's height as long as none can be measured

  class EventList {
    /** `scroller` is the element that scrolls, of which the list is a part. */
    constructor(app, scroller) {
      this.app = app;
      this.scroller = scroller;
      this.rows = [];
      this.entries = new Map(); // the list's elements by row
      this.unfolded = new Map(); // by row: {card, extra}, the pixels it is higher than others
      this.openAt = []; // the same as [index, extra] of those listed, in order
      this.current = 0; // the entry that has the keyboard's focus, or gets it
      this.marked = null;
      this.height = USUAL;
      this.root = element("ol", "gm-list");
      this.root.setAttribute("role", "list"); // some browsers forget it where there are no bullets
      this.root.setAttribute("aria-label", geomap.say("events"));
      this.listen();
    }

    listen() {
      let asked = 0;
      const later = () => {
        cancelAnimationFrame(asked);
        asked = requestAnimationFrame(() => this.render());
      };
      this.scroller.addEventListener("scroll", later, { passive: true });
      this.root.addEventListener("keydown", (event) => this.moveFocus(event));
      this.root.addEventListener("focusin", (event) => this.focused(event.target.closest("li")));
      this.sizes = new ResizeObserver(() => {
        this.measure();
        later();
      });
      this.sizes.observe(this.scroller);
      this.sizes.observe(this.root);
    }

    /** List these rows; an entry that has the focus keeps it as long as it is listed. */
    show(rows) {
      const active = document.activeElement;
      const held = this.root.contains(active) ? this.rows[this.current] : null;
      this.rows = rows;
      this.locateOpen();
      const at = held === null ? 0 : rows.indexOf(held);
      this.current = Math.max(0, at < 0 ? Math.min(this.current, rows.length - 1) : at);
      this.render();
      if (held !== null && document.activeElement !== active && rows.length) {
        this.focus(this.current);
      }
    }

    locateOpen() {
      this.openAt = [...this.unfolded]
        .map(([row, { extra }]) => [this.rows.indexOf(row), extra])
        .filter(([index]) => index >= 0)
        .sort(([a], [b]) => a - b);
    }

    topOf(index) {
      return this.openAt.reduce((top, [at, extra]) => top + (at < index ? extra : 0), index * this.height);
    }

    /** The entry at so many pixels below the list's top. */
    indexAt(y) {
      let above = 0;
      for (const [index, extra] of this.openAt) {
        const end = (index + 1) * this.height + above;
        if (y < end) {
          break;
        }
        if (y < end + extra) {
          return index;
        }
        above += extra;
      }
      return Math.floor((y - above) / this.height);
    }

    measure() {
      for (const [row, li] of this.entries) {
        const whole = li.firstElementChild.offsetHeight;
        this.height = whole || this.height;
        const open = this.unfolded.get(row);
        if (open && whole) {
          open.extra = li.offsetHeight - whole;
        }
      }
      this.locateOpen();
    }

    /** The first and the last entry in sight. */
    sight() {
      const window = this.scroller.getBoundingClientRect();
      const { top } = this.root.getBoundingClientRect();
      const last = this.rows.length - 1;
      const within = (index) => Math.max(0, Math.min(last, index));
      return [within(this.indexAt(window.top - top)), within(this.indexAt(window.bottom - top))];
    }

    render() {
      const count = this.rows.length;
      const [first, last] = this.sight();
      const [from, to] = [Math.max(0, first - OVER), Math.min(count - 1, last + OVER)];
      const wanted = [];
      for (let index = from; index <= to; index += 1) {
        wanted.push(index);
      }
      const held = this.root.contains(document.activeElement) && this.current < count;
      if (held && this.current < from) {
        wanted.unshift(this.current);
      } else if (held && this.current > to) {
        wanted.push(this.current);
      }
      const fresh = this.entries.size === 0;
      this.replace(wanted);
      this.root.style.height = `${this.topOf(count)}px`;
      // The tabulator finds one entry: that of the arrow keys, else the first in sight.
      const entered = this.current >= from && this.current <= to ? this.current : first;
      for (const index of wanted) {
        this.place(index, index === (held ? this.current : entered));
      }
      if (fresh && count) {
        const before = this.height;
        this.measure();
        if (this.height !== before) {
          this.render();
        }
      }
    }

    /** Have the entries of these indices in the page, in order, and no others. */
    replace(wanted) {
      const rows = new Set(wanted.map((index) => this.rows[index]));
      for (const [row, li] of this.entries) {
        if (!rows.has(row)) {
          this.sizes.unobserve(li);
          li.remove();
          this.entries.delete(row);
        }
      }
      let next = this.root.firstElementChild;
      for (const row of rows) {
        const known = this.entries.get(row);
        if (known && known === next) {
          next = next.nextElementSibling;
        } else {
          this.root.insertBefore(known || this.made(row), next);
        }
      }
    }

    place(index, entered) {
      const li = this.entries.get(this.rows[index]);
      li.style.transform = `translateY(${this.topOf(index)}px)`;
      li.setAttribute("aria-setsize", this.rows.length);
      li.setAttribute("aria-posinset", index + 1);
      li.firstElementChild.tabIndex = entered ? 0 : -1;
    }

    made(row) {
      const li = element("li", "", this.button(row));
      this.entries.set(row, li);
      const open = this.unfolded.get(row);
      if (open) {
        li.append(open.card);
        this.sizes.observe(li);
      }
      return li;
    }

    button(row) {
      const { model } = this.app;
      const place = model.place(row);
      const status = model.status(row);
      const where = place ? geomap.placeName(place) : geomap.unplacedName(model.unplaced(row), "no_place");
      const button = element("button", "gm-item");
      button.type = "button";
      button.dataset.row = row;
      button.append(
        geomap.icon(geomap.groupOf(model.group(row)), !model.firm[row]),
        element(
          "span",
          "gm-lines",
          text("span", "gm-what", geomap.nameOf("type", model.type(row))),
          text("span", place ? "gm-where" : "gm-where gm-noplace", where),
        ),
        element(
          "span",
          "gm-side",
          text("span", "gm-date", geomap.shortDate(model.date_start(row), model.date_end(row), model.date_precision(row))),
          status && status !== "happened"
            ? text("span", `gm-status gm-${status}`, geomap.nameOf("status", status))
            : null,
        ),
      );
      if (row === this.marked) {
        button.setAttribute("aria-current", "true");
      }
      if (!place) {
        button.setAttribute("aria-expanded", String(this.unfolded.has(row)));
      }
      button.addEventListener("click", (event) => this.choose(row, event));
      return button;
    }

    choose(row, event) {
      if (this.app.model.place(row)) {
        this.app.selection.goTo(row, { focus: event.detail === 0, back: () => this.focusRow(row) });
      } else {
        this.unfold(row);
      }
    }

    // An event without a place has no popup: its card opens in the list.
    async unfold(row) {
      const open = this.unfolded.get(row);
      if (open) {
        open.card.remove();
        this.unfolded.delete(row);
      } else {
        await this.app.needText();
        this.unfolded.set(row, { card: geomap.card(this.app.model, row), extra: 0 });
      }
      const li = this.entries.get(row);
      if (li) {
        li.firstElementChild.setAttribute("aria-expanded", String(!open));
        if (!open) {
          li.append(this.unfolded.get(row).card);
          this.sizes.observe(li);
        }
      }
      this.measure();
      this.render();
      if (li && !open) {
        li.scrollIntoView({ block: "nearest" }); // the last entry's card would open out of sight
      }
    }

    focused(li) {
      const row = li && Number(li.firstElementChild.dataset.row);
      if (li && this.rows[this.current] !== row) {
        this.current = this.rows.indexOf(row);
        this.render();
      }
    }

    moveFocus(event) {
      if (!event.target.matches(".gm-item")) {
        return;
      }
      const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.height) - 1);
      const { current } = this;
      const to = {
        ArrowDown: current + 1,
        ArrowUp: current - 1,
        PageDown: current + page,
        PageUp: current - page,
        Home: 0,
        End: this.rows.length - 1,
      }[event.key];
      if (to !== undefined) {
        this.focus(Math.max(0, Math.min(this.rows.length - 1, to)));
        event.preventDefault();
      }
    }

    /** Give an entry the keyboard's focus, and bring it into sight. */
    focus(index) {
      this.current = index;
      this.reveal(index);
      this.render();
      const entry = this.entries.get(this.rows[index]) || this.entered(index);
      entry.firstElementChild.focus({ preventScroll: true });
      this.render(); // the one that had the focus is no longer needed
    }

    focusRow(row) {
      const index = this.rows.indexOf(row);
      if (index >= 0) {
        this.focus(index);
      }
    }

    // An entry that is not in sight, as where the panel is folded.
    entered(index) {
      const li = this.made(this.rows[index]);
      this.root.append(li);
      this.place(index, true);
      return li;
    }

    reveal(index) {
      const { scroller } = this;
      const window = scroller.getBoundingClientRect();
      const start = this.root.getBoundingClientRect().top - window.top + scroller.scrollTop;
      const top = start + this.topOf(index);
      if (top < scroller.scrollTop) {
        scroller.scrollTop = top;
      } else if (top + this.height > scroller.scrollTop + scroller.clientHeight) {
        scroller.scrollTop = top + this.height - scroller.clientHeight;
      }
    }

    /** Mark the entry of the event that is open on the map. */
    mark(row) {
      this.marked = row;
      for (const [known, li] of this.entries) {
        if (known === row) {
          li.firstElementChild.setAttribute("aria-current", "true");
        } else {
          li.firstElementChild.removeAttribute("aria-current");
        }
      }
    }
  }

  geomap.EventList = EventList;
})((window.geomap = window.geomap || {}));
