// Decides which symbols stand where at a zoom: dots, clusters that do not overlap, area badges.
(function (geomap) {
  "use strict";

  const DOT = 10; // pixels: radius of a single event's dot
  const LARGEST = 30;
  const GAP = 3; // pixels between neighbors
  const CELL = 40; // pixels: side of the clustering grid
  const ROUNDS = 8; // merging makes symbols grow, so it is repeated, but not forever
  const BADGE = 24; // pixels: height of an area's badge
  const FIRM = new Set(["happened", "ongoing", "background"]);
  const KINDS = geomap.GROUPS.length + 1;

  function groupNumber(code) {
    const number = geomap.GROUPS.findIndex((group) => group.code === code);
    return number < 0 ? KINDS - 1 : number;
  }

  /** Gather the rows by place: a list of {place, rows, counts by group, firm}. */
  function tally(model, rows) {
    const byPlace = new Map();
    for (const row of rows) {
      const place = model.place(row);
      if (!place) {
        continue;
      }
      let entry = byPlace.get(place.number);
      if (!entry) {
        entry = { place, rows: [], counts: new Uint32Array(KINDS), firm: 0 };
        byPlace.set(place.number, entry);
      }
      entry.rows.push(row);
      entry.counts[groupNumber(model.group(row))] += 1;
      entry.firm += FIRM.has(model.status(row)) ? 1 : 0;
    }
    return [...byPlace.values()];
  }

  function radiusOf(count) {
    return count === 1 ? DOT : Math.min(LARGEST, 10.5 + 6.5 * Math.log10(count));
  }

  function newItem(kind, entry, x, y) {
    return {
      kind,
      x,
      y,
      entries: [entry],
      count: entry.rows.length,
      counts: Uint32Array.from(entry.counts),
      firm: entry.firm,
    };
  }

  function absorb(item, other) {
    item.entries.push(...other.entries);
    item.count += other.count;
    item.firm += other.firm;
    other.counts.forEach((count, i) => {
      item.counts[i] += count;
    });
    return item;
  }

  // The larger stays where it is, so that a cluster always stands on one of its own places.
  function gather(items, keyOf) {
    const cells = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const known = cells.get(key);
      cells.set(key, known ? absorb(known, item) : item);
    }
    return [...cells.values()];
  }

  function bySize(a, b) {
    return b.count - a.count || a.x - b.x || a.y - b.y;
  }

  /** Merge circles that touch, larger ones first, with a grid to find the neighbors. */
  function mergeTouching(items) {
    const reach = 2 * LARGEST + GAP;
    const cells = new Map();
    const kept = [];
    for (const item of items) {
      const r = radiusOf(item.count);
      const i = Math.floor(item.x / reach);
      const j = Math.floor(item.y / reach);
      let near = null;
      for (let a = i - 1; a <= i + 1 && !near; a += 1) {
        for (let b = j - 1; b <= j + 1 && !near; b += 1) {
          near = (cells.get(a * 1000003 + b) || []).find(
            (other) =>
              Math.hypot(other.x - item.x, other.y - item.y) < r + radiusOf(other.count) + GAP,
          );
        }
      }
      if (near) {
        absorb(near, item);
      } else {
        const key = i * 1000003 + j;
        cells.set(key, [...(cells.get(key) || []), item]);
        kept.push(item);
      }
    }
    return kept;
  }

  function clusters(entries, size) {
    const points = entries
      .map((entry) => newItem("point", entry, entry.place.x * size, entry.place.y * size))
      .sort(bySize);
    let items = gather(points, (p) => Math.floor(p.x / CELL) * 1000003 + Math.floor(p.y / CELL));
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = items.length;
      items = mergeTouching(items.sort(bySize));
      if (items.length === before) {
        break;
      }
    }
    for (const item of items) {
      item.r = radiusOf(item.count);
      item.half = item.r;
    }
    return items;
  }

  function boxOf(item, gap) {
    return {
      x0: item.x - item.half - gap,
      x1: item.x + item.half + gap,
      y0: item.y - (item.high || item.half) - gap,
      y1: item.y + (item.high || item.half) + gap,
    };
  }

  /** Where an area's badge belongs, in world widths. */
  function anchorOf(world, place) {
    const shapes = place.level === "country" ? world.byIso.get(place.country) : null;
    return shapes ? shapes[0] : place;
  }

  function isInside(world, place, x, y) {
    const shapes = place.level === "country" ? world.byIso.get(place.country) : null;
    if (shapes) {
      return shapes.some((shape) => geomap.contains(world, shape, x, y));
    }
    return Math.hypot(x - place.x, y - place.y) < geomap.kmToWorld(place.radius, place.lat);
  }

  const STEPS = [16, 30, 46, 64, 84];
  const TURNS = 12;

  // Nearest free spot around the anchor, inside the area if there is one. A badge stands for the
  // whole area, so that moving it says nothing false.
  function freeSpot(world, place, item, boxes, size) {
    let outside = null;
    for (const distance of [0, ...STEPS]) {
      for (let turn = 0; turn < (distance ? TURNS : 1); turn += 1) {
        const angle = (2 * Math.PI * turn) / TURNS;
        const spot = {
          ...item,
          x: item.x + distance * Math.cos(angle),
          y: item.y + distance * Math.sin(angle),
        };
        if (!boxes.free(boxOf(spot, GAP))) {
          continue;
        }
        if (distance === 0 || isInside(world, place, spot.x / size, spot.y / size)) {
          return spot;
        }
        outside = outside || spot;
      }
    }
    return outside;
  }

  function sizeBadge(item) {
    item.high = BADGE / 2;
    item.half = item.count === 1 ? BADGE / 2 : 9 + 3.7 * String(item.count).length;
  }

  function badges(world, entries, points, size) {
    const boxes = new geomap.Boxes();
    points.forEach((point) => boxes.add(boxOf(point, 0)));
    const placed = [];
    const items = entries.map((entry) => {
      const anchor = anchorOf(world, entry.place);
      const item = newItem("area", entry, anchor.x * size, anchor.y * size);
      return Object.assign(item, { anchorX: item.x, anchorY: item.y });
    });
    for (const item of items.sort(bySize)) {
      sizeBadge(item);
      const spot = freeSpot(world, item.entries[0].place, item, boxes, size);
      if (spot) {
        Object.assign(item, { x: spot.x, y: spot.y });
        boxes.add(boxOf(item, 0));
        placed.push(item);
        continue;
      }
      const near = placed.find((other) => geomap.meets(boxOf(other, GAP), boxOf(item, GAP)));
      if (near) {
        absorb(near, item);
        sizeBadge(near);
      } else {
        placed.push(item);
      }
    }
    return placed;
  }

  /** Lay out all symbols at a zoom; positions in world pixels. */
  function layout(world, entries, zoom) {
    const size = geomap.worldSize(zoom);
    const points = clusters(entries.filter((entry) => !entry.place.area), size);
    const areas = badges(world, entries.filter((entry) => entry.place.area), points, size);
    const items = [...points, ...areas];
    const byPlace = new Map();
    for (const item of items) {
      for (const entry of item.entries) {
        byPlace.set(entry.place.number, item);
      }
    }
    return { items, byPlace, zoom };
  }

  /** The group most of an item's events belong to. */
  function mainGroup(counts) {
    let best = 0;
    for (let i = 1; i < counts.length; i += 1) {
      if (counts[i] > counts[best]) {
        best = i;
      }
    }
    return geomap.GROUPS[best] || geomap.OTHER;
  }

  /** Whether an item's symbol covers a point in world pixels. */
  function hits(item, x, y) {
    if (item.kind === "point") {
      return Math.hypot(x - item.x, y - item.y) <= item.r + 2;
    }
    return Math.abs(x - item.x) <= item.half + 2 && Math.abs(y - item.y) <= item.high + 2;
  }

  Object.assign(geomap, { tally, layout, boxOf, mainGroup, hits, anchorOf, FIRM });
})((window.geomap = window.geomap || {}));
