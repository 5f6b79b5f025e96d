// Decodes the basemap and traces its shapes in pixels of the map at a zoom.
(function (geomap) {
  "use strict";

  const TILE = 256; // Leaflet's: the world is 256 pixels wide at zoom 0
  const SIMPLIFY = 0.6; // pixels: points closer than this to the last one drawn are left out
  const EDGE = 1e-6; // world widths: what counts as the map's edge

  function mercatorX(lon) {
    return lon / 360 + 0.5;
  }

  function mercatorY(lat) {
    const phi = (Math.max(-85.05112878, Math.min(85.05112878, lat)) * Math.PI) / 180;
    return 0.5 - Math.asinh(Math.tan(phi)) / (2 * Math.PI);
  }

  function latOf(y) {
    return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
  }

  function lonOf(x) {
    return (x - 0.5) * 360;
  }

  /** Leaflet's point for a place in world widths. */
  function latLng(x, y) {
    return L.latLng(latOf(y), lonOf(x));
  }

  /** The width of the world in pixels at a zoom. */
  function worldSize(zoom) {
    return TILE * 2 ** zoom;
  }

  /** Kilometers on the ground to world widths at a latitude. */
  function kmToWorld(km, lat) {
    return km / (40075.017 * Math.cos((lat * Math.PI) / 180));
  }

  function emptyBox() {
    return { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  }

  function grow(box, other) {
    box.x0 = Math.min(box.x0, other.x0);
    box.y0 = Math.min(box.y0, other.y0);
    box.x1 = Math.max(box.x1, other.x1);
    box.y1 = Math.max(box.y1, other.y1);
    return box;
  }

  function meets(a, b) {
    return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
  }

  function arcOf(lons, lats) {
    const n = lons.length;
    const arc = { xs: new Float64Array(n), ys: new Float64Array(n), box: emptyBox(), levels: new Map() };
    for (let i = 0; i < n; i += 1) {
      const x = mercatorX(lons[i]);
      const y = mercatorY(lats[i]);
      arc.xs[i] = x;
      arc.ys[i] = y;
      grow(arc.box, { x0: x, y0: y, x1: x, y1: y });
    }
    return arc;
  }

  function readArcs(bytes, header) {
    let at = 0;
    function varint() {
      let value = 0;
      let shift = 0;
      let byte;
      do {
        byte = bytes[at];
        at += 1;
        value |= (byte & 0x7f) << shift;
        shift += 7;
      } while (byte & 0x80);
      return value;
    }
    const zigzag = (value) => (value >>> 1) ^ -(value & 1);
    const [sx, sy] = header.scale;
    const [tx, ty] = header.translate;
    const arcs = [];
    for (let a = 0; a < header.arcs; a += 1) {
      const n = varint();
      const lons = new Float64Array(n);
      const lats = new Float64Array(n);
      let x = 0;
      let y = 0;
      for (let i = 0; i < n; i += 1) {
        x += zigzag(varint());
        y += zigzag(varint());
        lons[i] = x * sx + tx;
        lats[i] = y * sy + ty;
      }
      arcs.push(arcOf(lons, lats));
    }
    return arcs;
  }

  /** Indices of an arc's points that matter at a zoom. */
  function level(arc, zoom) {
    const known = arc.levels.get(zoom);
    if (known) {
      return known;
    }
    const n = arc.xs.length;
    const least = (SIMPLIFY / worldSize(zoom)) ** 2;
    const kept = [0];
    let last = 0;
    for (let i = 1; i < n - 1; i += 1) {
      if ((arc.xs[i] - arc.xs[last]) ** 2 + (arc.ys[i] - arc.ys[last]) ** 2 >= least) {
        kept.push(i);
        last = i;
      }
    }
    if (n > 1) {
      kept.push(n - 1);
    }
    const result = Int32Array.from(kept);
    arc.levels.set(zoom, result);
    return result;
  }

  // The number of the first arc, then the rank of each.
  function markLines([first, ...ranks], arcs, use) {
    ranks.forEach((rank, n) => {
      Object.assign(arcs[first + n], { use, rank });
    });
  }

  function readLake(rings, arcs) {
    rings.forEach((n) => {
      arcs[n].use = "lake";
    });
    return { rings: rings.map((n) => [n]), box: arcs[rings[0]].box };
  }

  function readCountry(source, arcs) {
    const polygons = source.polygons.map((rings) => ({
      rings,
      box: rings[0].reduce((box, n) => grow(box, arcs[n < 0 ? ~n : n].box), emptyBox()),
    }));
    return {
      iso: source.iso,
      name: source.name,
      x: mercatorX(source.label[0]),
      y: mercatorY(source.label[1]),
      room: source.room,
      polygons,
      box: polygons.reduce((box, polygon) => grow(box, polygon.box), emptyBox()),
    };
  }

  function useOf(arcs, countries, disputed) {
    const users = arcs.map(() => new Set());
    for (const country of countries) {
      for (const polygon of country.polygons) {
        for (const n of polygon.rings.flat()) {
          users[n < 0 ? ~n : n].add(country);
        }
      }
    }
    users.forEach((set, n) => {
      arcs[n].use = set.size > 1 ? "border" : "coast";
    });
    for (const n of disputed) {
      arcs[n].use = "disputed";
    }
  }

  /** Decode the basemap's bytes. */
  function readWorld(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    const arcs = readArcs(new Uint8Array(buffer, 4 + length), header);
    const countries = header.countries.map((source) => readCountry(source, arcs));
    useOf(arcs, countries, header.disputed);
    const lakes = header.lakes.map((rings) => readLake(rings, arcs));
    markLines(header.rivers, arcs, "river");
    markLines(header.provinces, arcs, "province");
    const byIso = new Map();
    const names = new Map();
    for (const country of countries) {
      if (country.iso) {
        byIso.set(country.iso, [...(byIso.get(country.iso) || []), country]);
        if (!names.has(country.iso)) {
          names.set(country.iso, country.name);
        }
      }
    }
    return { arcs, countries, lakes, byIso, names };
  }

  /** Add rings to the context's path; pixels at `zoom`, moved by (dx, dy). */
  function traceRing(ctx, arcs, numbers, zoom, dx, dy) {
    const size = worldSize(zoom);
    let lastX = NaN;
    let lastY = NaN;
    for (const number of numbers) {
      const arc = arcs[number < 0 ? ~number : number];
      const points = level(arc, zoom);
      for (let k = 0; k < points.length; k += 1) {
        const i = number < 0 ? points[points.length - 1 - k] : points[k];
        const x = arc.xs[i] * size + dx;
        const y = arc.ys[i] * size + dy;
        if (Number.isNaN(lastX)) {
          ctx.moveTo(x, y);
        } else if (x !== lastX || y !== lastY) {
          ctx.lineTo(x, y); // an arc begins where the one before ended, but not at the map's edge
        }
        lastX = x;
        lastY = y;
      }
    }
    ctx.closePath();
  }

  function traceCountry(ctx, world, country, zoom, dx, dy, view) {
    tracePolygons(ctx, world, country.polygons, zoom, dx, dy, view);
  }

  function tracePolygons(ctx, world, polygons, zoom, dx, dy, view) {
    for (const polygon of polygons) {
      if (!view || meets(polygon.box, view)) {
        for (const ring of polygon.rings) {
          traceRing(ctx, world.arcs, ring, zoom, dx, dy);
        }
      }
    }
  }

  function onEdge(x, y) {
    return x < EDGE || x > 1 - EDGE || y > 1 - EDGE;
  }

  /** Add an arc as a line, as exact as at zoom `detail`; the map's own edges are no coast. */
  function traceArc(ctx, arc, zoom, dx, dy, detail = zoom) {
    const size = worldSize(zoom);
    const points = level(arc, detail);
    let down = false;
    for (let k = 0; k < points.length; k += 1) {
      const i = points[k];
      const x = arc.xs[i] * size + dx;
      const y = arc.ys[i] * size + dy;
      const edge =
        k > 0 && onEdge(arc.xs[i], arc.ys[i]) && onEdge(arc.xs[points[k - 1]], arc.ys[points[k - 1]]);
      if (!down || edge) {
        ctx.moveTo(x, y);
        down = true;
      } else {
        ctx.lineTo(x, y);
      }
    }
  }

  /** Return the arcs that a country shares with no other shape of the same code. */
  function outline(world, iso) {
    const uses = new Map();
    for (const country of world.byIso.get(iso) || []) {
      for (const polygon of country.polygons) {
        for (const n of polygon.rings.flat()) {
          const number = n < 0 ? ~n : n;
          uses.set(number, (uses.get(number) || 0) + 1);
        }
      }
    }
    return [...uses].filter(([, count]) => count === 1).map(([number]) => world.arcs[number]);
  }

  // Whether a ray from (px, py) to the east crosses the edge between two points.
  function crosses(x0, y0, x1, y1, px, py) {
    return y1 > py !== y0 > py && px < ((x0 - x1) * (py - y1)) / (y0 - y1) + x1;
  }

  /** Whether a ring of points [x, y] goes around a point. */
  function ringHolds(ring, px, py) {
    let inside = false;
    for (let i = 1; i < ring.length; i += 1) {
      if (crosses(ring[i - 1][0], ring[i - 1][1], ring[i][0], ring[i][1], px, py)) {
        inside = !inside;
      }
    }
    return inside;
  }

  /** Whether a shape contains a point, both in world widths. */
  function contains(world, country, px, py) {
    let inside = false;
    const point = { x0: px, y0: py, x1: px, y1: py };
    for (const polygon of country.polygons.filter(({ box }) => meets(box, point))) {
      for (const number of polygon.rings.flat()) {
        const { xs, ys } = world.arcs[number < 0 ? ~number : number];
        for (let i = 1; i < xs.length; i += 1) {
          if (crosses(xs[i - 1], ys[i - 1], xs[i], ys[i], px, py)) {
            inside = !inside;
          }
        }
      }
    }
    return inside;
  }

  Object.assign(geomap, {
    contains,
    ringHolds,
    mercatorX,
    mercatorY,
    latOf,
    lonOf,
    latLng,
    worldSize,
    kmToWorld,
    emptyBox,
    grow,
    meets,
    readWorld,
    traceCountry,
    tracePolygons,
    traceArc,
    outline,
  });
})((window.geomap = window.geomap || {}));
