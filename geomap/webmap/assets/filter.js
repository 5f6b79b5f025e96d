// Which events pass: every choice of the reader, all of them together.
(function (geomap) {
  "use strict";

  const FACETS = ["type", "status", "level"]; // of which values are hidden
  const CHOSEN = ["actor", "source"]; // of which values are chosen, and none means all
  const TINY = 1e-6; // confidences are stored in less than full precision
  const BIT = {
    type: 1, status: 2, level: 4, time: 8, search: 16, confidence: 32, actor: 64, source: 128,
  };

  function sets(names) {
    return Object.fromEntries(names.map((name) => [name, new Set()]));
  }

  /** Which events pass, in the list's order; recounts what each choice would leave. */
  class Filter {
    constructor(model) {
      this.model = model;
      this.hidden = sets(FACETS);
      this.chosen = sets(CHOSEN);
      this.counts = {};
      this.failed = new Uint8Array(model.count);
      this.haystack = null;
      this.reset();
      this.run();
    }

    reset() {
      FACETS.forEach((name) => this.hidden[name].clear());
      CHOSEN.forEach((name) => this.chosen[name].clear());
      this.words = "";
      this.terms = [];
      this.from = -Infinity;
      this.to = Infinity;
      this.undated = null; // true or false once the reader has said
      this.least = 0;
    }

    get timed() {
      return this.from !== -Infinity || this.to !== Infinity;
    }

    /** Events without a date are at no time, and so in no range of it, unless they are asked for. */
    get showsUndated() {
      return this.undated ?? !this.timed;
    }

    get active() {
      const facets = FACETS.some((name) => this.hidden[name].size);
      const chosen = CHOSEN.some((name) => this.chosen[name].size);
      const others = this.terms.length > 0 || this.timed || this.least > 0 || this.undated !== null;
      return facets || chosen || others;
    }

    search(words) {
      this.words = words;
      this.terms = geomap.fold(words).split(/\s+/).filter(Boolean);
      if (this.terms.length && !this.haystack) {
        this.haystack = [];
        for (let row = 0; row < this.model.count; row += 1) {
          this.haystack.push(geomap.searchText(this.model, row));
        }
      }
    }

    /** Mark in `failed` the rows that a test lets not through. */
    fail(bit, passes) {
      const { failed } = this;
      for (let row = 0; row < failed.length; row += 1) {
        if (!passes(row)) {
          failed[row] |= bit;
        }
      }
    }

    failFacet(name) {
      const { values, index } = this.model.facets[name];
      const hidden = Uint8Array.from(values, (value) => (this.hidden[name].has(value) ? 1 : 0));
      this.fail(BIT[name], (row) => !hidden[index[row]]);
    }

    failChosen(name) {
      const { values, lists, index } = this.model.many[name];
      const chosen = Uint8Array.from(values, (value) => (this.chosen[name].has(value) ? 1 : 0));
      const passes = Uint8Array.from(lists, (list) => (list.some((n) => chosen[n]) ? 1 : 0));
      this.fail(BIT[name], (row) => passes[index[row]]);
    }

    failTime() {
      const { from, to, showsUndated } = this;
      const { first, last } = this.model.days;
      this.fail(BIT.time, (row) =>
        Number.isNaN(first[row]) ? showsUndated : last[row] >= from && first[row] <= to,
      );
    }

    run() {
      const { model, failed, least, terms, haystack } = this;
      failed.fill(0);
      FACETS.filter((name) => this.hidden[name].size).forEach((name) => this.failFacet(name));
      CHOSEN.filter((name) => this.chosen[name].size).forEach((name) => this.failChosen(name));
      if (this.timed || !this.showsUndated) {
        this.failTime();
      }
      if (least > 0) {
        this.fail(BIT.confidence, (row) => model.sureness[row] >= least - TINY);
      }
      if (terms.length) {
        this.fail(BIT.search, (row) => terms.every((term) => haystack[row].includes(term)));
      }
      FACETS.forEach((name) => this.count(name));
      this.rows = model.order.filter((row) => failed[row] === 0);
    }

    /** For each number of `index`, the rows that nothing but one choice hides. */
    tally(length, index, bit) {
      const { failed } = this;
      const tally = new Uint32Array(length);
      const others = ~bit;
      for (let row = 0; row < index.length; row += 1) {
        if ((failed[row] & others) === 0) {
          tally[index[row]] += 1;
        }
      }
      return tally;
    }

    /** Count for each value of a facet the rows that nothing but this facet hides. */
    count(name) {
      const { values, index } = this.model.facets[name];
      const tally = this.tally(values.length, index, BIT[name]);
      this.counts[name] = new Map(values.map((value, i) => [value, tally[i]]));
    }

    /** The same for a facet of which a row may have several values: a list of [value, count]. */
    countChosen(name) {
      const { values, lists, index } = this.model.many[name];
      const counts = new Uint32Array(values.length);
      this.tally(lists.length, index, BIT[name]).forEach((count, i) => {
        for (const number of lists[i]) {
          counts[number] += count;
        }
      });
      return values.map((value, i) => [value, counts[i]]);
    }

    passes(row) {
      return this.failed[row] === 0;
    }

    /** Whether a row passes all but the range of time. */
    passesButTime(row) {
      return (this.failed[row] & ~BIT.time) === 0;
    }

    /** How many events without a date there are that nothing else hides. */
    get undatedCount() {
      const { first } = this.model.days;
      let count = 0;
      for (let row = 0; row < first.length; row += 1) {
        if (Number.isNaN(first[row]) && this.passesButTime(row)) {
          count += 1;
        }
      }
      return count;
    }
  }

  Object.assign(geomap, { Filter, FACETS, CHOSEN });
})((window.geomap = window.geomap || {}));
