// Decides which symbols stand where at a zoom: dots, clusters that do not overlap, area badges.
(function (geomap) {
  "use strict";

  const DOT = 10; // pixels: radius of a single event's dot
  const LARGEST = 30;
  const GAP = 3; // pixels between neighbors
  const CELL = 40; // pixels: side of the clustering grid
  const ROUNDS = 8; // merging makes symbols grow, so it is repeated, but not forever
  const BADGE = 24; // pixels: height of an area's badge
  const ASIDE = 84; // pixels: how far a badge may stand outside its area, with a line that leads there
  const FAR = 190; // pixels: the same where no other badge is close enough to join
  const NEAR_SHARE = 0.08; // of the world's width: no badge stands further aside, however small the map
  const TOGETHER = 60; // pixels: areas' badges this close are joined where there is no room
  const KINDS = geomap.GROUPS.length + 1;

  // Most places have one event: their counts are these.
  const ONE = Array.from({ length: KINDS }, (_, kind) =>
    Uint32Array.from({ length: KINDS }, (__, i) => (i === kind ? 1 : 0)),
  );

  /** Gather the rows by place: a list of {place, rows, counts by group, firm}. */
  function tally(model, rows) {
    const { places, placeIndex, groupNumbers, firm } = model;
    const byPlace = new Array(places.length);
    const entries = [];
    for (const row of rows) {
      const number = placeIndex[row];
      let entry = byPlace[number];
      if (!entry) {
        if (!places[number]) {
          continue;
        }
        const counts = ONE[groupNumbers[row]];
        entry = { place: places[number], rows: [row], counts, firm: firm[row] };
        byPlace[number] = entry;
        entries.push(entry);
        continue;
      }
      if (entry.rows.length === 1) {
        entry.counts = entry.counts.slice();
      }
      entry.rows.push(row);
      entry.counts[groupNumbers[row]] += 1;
      entry.firm += firm[row];
    }
    return entries;
  }

  function radiusOf(count) {
    return count === 1 ? DOT : Math.min(LARGEST, 10.5 + 6.5 * Math.log10(count));
  }

  function newItem(kind, entry, x, y) {
    return {
      kind,
      x,
      y,
      spots: 1,
      entries: [entry],
      count: entry.rows.length,
      most: entry.rows.length, // at one place
      counts: entry.counts, // shared until another item is absorbed
      firm: entry.firm,
    };
  }

  // `other` may be an item or a place's entry.
  function absorb(item, other) {
    if (item.spots === 1) {
      item.counts = item.counts.slice();
    }
    if (other.entries) {
      for (const entry of other.entries) {
        item.entries.push(entry);
      }
    } else {
      item.entries.push(other);
    }
    item.spots += other.spots || 1;
    item.count += other.count || other.rows.length;
    item.firm += other.firm;
    for (let i = 0; i < KINDS; i += 1) {
      item.counts[i] += other.counts[i];
    }
    return item;
  }

  // One pass over the places: those of a cell of the grid are one cluster, which stands on its
  // place with most events.
  function gather(entries, size) {
    const columns = Math.ceil(size / CELL);
    const cells = new Map();
    for (const entry of entries) {
      const { place } = entry;
      if (place.area) {
        continue;
      }
      const x = place.x * size;
      const y = place.y * size;
      const key = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
      const known = cells.get(key);
      if (!known) {
        cells.set(key, newItem("point", entry, x, y));
        continue;
      }
      if (entry.rows.length > known.most) {
        Object.assign(known, { x, y, most: entry.rows.length });
      }
      absorb(known, entry);
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
        const cell = cells.get(key);
        if (cell) {
          cell.push(item);
        } else {
          cells.set(key, [item]);
        }
        kept.push(item);
      }
    }
    return kept;
  }

  function clusters(entries, size) {
    let items = gather(entries, size);
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

  /** The polygons of a country-level place, null for other places. */
  function shapesOf(world, place) {
    return (place.level === "country" && world.byIso.get(place.country)) || null;
  }

  /** Whether an area contains a point in world widths. */
  function isInside(world, { place, shapes }, x, y) {
    if (shapes) {
      return shapes.some((shape) => geomap.contains(world, shape, x, y));
    }
    if (place.rings) {
      return place.rings.filter((ring) => geomap.ringHolds(ring, x, y)).length % 2 === 1;
    }
    return Math.hypot(x - place.x, y - place.y) < geomap.kmToWorld(place.radius, place.lat);
  }

  const STEPS = [16, 30, 46, 64, 84, 110, 135, 160, 190];
  const TURNS = 12;

  // All that is known of one country is one area, whatever ids its places bear.
  function areasOf(world, entries) {
    const areas = new Map();
    for (const entry of entries) {
      const { place } = entry;
      if (!place.area) {
        continue;
      }
      const shapes = shapesOf(world, place);
      const key = shapes ? place.country : place.number;
      const item = newItem("area", entry, 0, 0);
      const known = areas.get(key);
      areas.set(key, known ? absorb(known, item) : Object.assign(item, { place, shapes }));
    }
    return [...areas.values()];
  }

  // Nearest free spot around the anchor, inside the area if there is one. A badge stands for the
  // whole area, so that moving it says nothing false.
  function freeSpot(world, item, boxes, size, aside) {
    let outside = null;
    for (const distance of [0, ...STEPS.filter((step) => step <= aside)]) {
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
        if (distance === 0 || isInside(world, item, spot.x / size, spot.y / size)) {
          return { ...spot, away: null };
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

  function badges(world, areas, points, size) {
    const boxes = new geomap.Boxes();
    points.forEach((point) => boxes.add(boxOf(point, 0)));
    const placed = [];
    const items = areas.map((area) => {
      const anchor = area.shapes ? area.shapes[0] : area.place;
      const own = { spots: 1, entries: area.entries.slice(), counts: area.counts.slice() };
      const [x, y] = [anchor.x * size, anchor.y * size];
      return { ...area, ...own, x, y, away: { x, y } };
    });
    for (const item of items.sort(bySize)) {
      sizeBadge(item);
      const close = freeSpot(world, item, boxes, size, Math.min(ASIDE, NEAR_SHARE * size));
      const near = close ? null : nearest(placed, item, TOGETHER);
      const spot = close || (near ? null : freeSpot(world, item, boxes, size, Math.min(FAR, 2 * NEAR_SHARE * size)));
      if (spot) {
        Object.assign(item, { x: spot.x, y: spot.y, away: spot.away });
        boxes.add(boxOf(item, 0));
        placed.push(item);
        continue;
      }
      item.away = null;
      const other = near || nearest(placed, item, Infinity);
      if (other) {
        absorb(other, item);
        sizeBadge(other);
      } else {
        placed.push(item);
      }
    }
    return placed;
  }

  function nearest(placed, item, reach) {
    let best = null;
    let least = reach;
    for (const other of placed) {
      const distance = Math.hypot(other.x - item.x, other.y - item.y);
      if (distance < least) {
        best = other;
        least = distance;
      }
    }
    return best;
  }

  /** Lay out all symbols at a zoom; positions in world pixels. */
  function layout(world, entries, areas, zoom) {
    const size = geomap.worldSize(zoom);
    const points = clusters(entries, size);
    const items = [...badges(world, areas, points, size), ...points];
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

  Object.assign(geomap, { tally, areasOf, shapesOf, isInside, layout, boxOf, mainGroup, hits });
})((window.geomap = window.geomap || {}));
