// Draws sea, land and borders as canvas tiles.
(function (geomap) {
  "use strict";

  const SIZE = 512;
  const MARGIN = 16; // pixels around a tile whose shapes may reach into it

  // The last rank of rivers and of provinces' borders that is drawn, by zoom.
  const RIVERS = [-1, -1, 1, 2, 3, 4, 6, 7, 9, 12];
  const PROVINCES = [-1, -1, -1, -1, 2, 6, 8, 12];
  const BLUR = 2; // zooms by which shallows may be less exact than the coast: they take longest
  const ISLET = 4; // pixels, width and height: below that an island has no shallows
  const WIDEST = 1.8; // pixels: the largest rivers', close by

  function last(ranks, zoom) {
    return ranks[Math.min(zoom, ranks.length - 1)];
  }

  function strokeArcs(ctx, arcs, zoom, dx, dy, detail = zoom) {
    ctx.beginPath();
    for (const arc of arcs) {
      geomap.traceArc(ctx, arc, zoom, dx, dy, detail);
    }
    ctx.stroke();
  }

  function drawGraticule(ctx, theme, zoom, dx, dy, view) {
    const step = zoom < 3 ? 30 : zoom < 5 ? 10 : zoom < 7 ? 5 : 1;
    const size = geomap.worldSize(zoom);
    ctx.beginPath();
    for (let lon = -180; lon < 180; lon += step) {
      const x = geomap.mercatorX(lon);
      if (x >= view.x0 && x <= view.x1) {
        ctx.moveTo(Math.round(x * size + dx) + 0.5, 0);
        ctx.lineTo(Math.round(x * size + dx) + 0.5, SIZE);
      }
    }
    for (let lat = -80; lat <= 80; lat += step) {
      const y = geomap.mercatorY(lat);
      if (y >= view.y0 && y <= view.y1) {
        ctx.moveTo(0, Math.round(y * size + dy) + 0.5);
        ctx.lineTo(SIZE, Math.round(y * size + dy) + 0.5);
      }
    }
    ctx.strokeStyle = theme.graticule;
    ctx.lineWidth = 1;
    ctx.stroke();
  }

  // Shallows: ever narrower, ever denser bands along the coast.
  function drawShallows(ctx, theme, coast, zoom, dx, dy) {
    ctx.strokeStyle = theme["sea-glow"];
    const size = geomap.worldSize(zoom);
    const large = coast.filter(({ box }) => (box.x1 - box.x0 + box.y1 - box.y0) * size > ISLET);
    for (const width of zoom < 4 ? [7, 3.5] : [14, 8, 4]) {
      ctx.lineWidth = width;
      strokeArcs(ctx, large, zoom, dx, dy, zoom - BLUR);
    }
  }

  function drawLand(ctx, theme, world, zoom, dx, dy, view) {
    ctx.beginPath();
    for (const country of world.countries) {
      if (geomap.meets(country.box, view)) {
        geomap.traceCountry(ctx, world, country, zoom, dx, dy, view);
      }
    }
    ctx.fillStyle = theme.land;
    // Even-odd over all countries at once leaves no seam between neighbors.
    ctx.fill("evenodd");
  }

  function drawLakes(ctx, theme, world, zoom, dx, dy, view) {
    ctx.beginPath();
    geomap.tracePolygons(ctx, world, world.lakes, zoom, dx, dy, view);
    ctx.fillStyle = theme.lake;
    ctx.fill("evenodd");
    ctx.strokeStyle = theme.coast;
    ctx.lineWidth = zoom < 4 ? 0.4 : 0.8;
    ctx.stroke();
  }

  // A river narrows with its rank; all of one width are one path.
  function drawRivers(ctx, theme, arcs, zoom, dx, dy) {
    const shown = arcs.filter((arc) => arc.use === "river" && arc.rank <= last(RIVERS, zoom));
    const close = Math.min(1, Math.max(0, (zoom - 2) / 5));
    const widthOf = ({ rank }) => 0.5 + close * Math.max(0.2, (WIDEST - 0.5) * (1 - rank / 8));
    ctx.strokeStyle = theme.river;
    ctx.lineCap = "round";
    for (const width of new Set(shown.map(widthOf))) {
      ctx.lineWidth = width;
      strokeArcs(ctx, shown.filter((arc) => widthOf(arc) === width), zoom, dx, dy);
    }
    ctx.lineCap = "butt";
  }

  function drawProvinces(ctx, theme, arcs, zoom, dx, dy) {
    const shown = arcs.filter((arc) => arc.use === "province" && arc.rank <= last(PROVINCES, zoom));
    ctx.strokeStyle = theme.province;
    ctx.lineWidth = zoom < 7 ? 0.7 : 0.9;
    ctx.setLineDash(zoom < 6 ? [] : [5, 2.5]);
    strokeArcs(ctx, shown, zoom, dx, dy);
    ctx.setLineDash([]);
  }

  function drawLines(ctx, theme, arcs, shows, zoom, dx, dy) {
    const of = (use) => arcs.filter((arc) => arc.use === use);
    ctx.strokeStyle = theme.coast;
    ctx.lineWidth = 0.8;
    strokeArcs(ctx, of("coast"), zoom, dx, dy);
    ctx.strokeStyle = theme.border;
    ctx.lineWidth = zoom < 4 ? 0.8 : zoom < 7 ? 1.1 : 1.4;
    strokeArcs(ctx, of("border"), zoom, dx, dy);
    if (!shows.disputed) {
      return;
    }
    ctx.strokeStyle = theme.disputed;
    ctx.setLineDash([3, 3]);
    strokeArcs(ctx, of("disputed"), zoom, dx, dy);
    ctx.setLineDash([]);
  }

  function drawTile(ctx, theme, world, shows, { x: column, y: row, z: zoom }) {
    const size = geomap.worldSize(zoom);
    const across = size / SIZE;
    const x = ((column % across) + across) % across;
    const dx = -x * SIZE;
    const dy = -row * SIZE;
    const view = {
      x0: (x * SIZE - MARGIN) / size,
      y0: (row * SIZE - MARGIN) / size,
      x1: ((x + 1) * SIZE + MARGIN) / size,
      y1: ((row + 1) * SIZE + MARGIN) / size,
    };
    const arcs = world.arcs.filter((arc) => geomap.meets(arc.box, view));
    ctx.fillStyle = theme.sea;
    ctx.fillRect(0, 0, SIZE, SIZE);
    if (shows.graticule) {
      drawGraticule(ctx, theme, zoom, dx, dy, view);
    }
    ctx.lineJoin = "round";
    drawShallows(ctx, theme, arcs.filter((arc) => arc.use === "coast"), zoom, dx, dy);
    drawLand(ctx, theme, world, zoom, dx, dy, view);
    drawProvinces(ctx, theme, arcs, zoom, dx, dy);
    drawRivers(ctx, theme, arcs, zoom, dx, dy);
    drawLakes(ctx, theme, world, zoom, dx, dy, view);
    drawLines(ctx, theme, arcs, shows, zoom, dx, dy);
  }

  /** The layer; `theme` returns the colors of the moment. */
  const Basemap = L.GridLayer.extend({
    options: {
      tileSize: SIZE,
      pane: "geomap-base",
      updateWhenZooming: false,
      keepBuffer: 1,
    },

    initialize(world, theme) {
      this.world = world;
      this.theme = theme;
      this.shows = { disputed: true, graticule: false };
    },

    getAttribution() {
      const [credit, cities] = [geomap.say("credit"), geomap.say("cities")];
      return (
        `<a href="https://www.naturalearthdata.com/">Natural Earth</a> (<bdi>${credit}</bdi>) · <bdi>${cities}</bdi> ` +
        '<a href="https://www.geonames.org/">GeoNames</a> CC BY 4.0'
      );
    },

    createTile(coords) {
      const tile = document.createElement("canvas");
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      tile.width = SIZE * ratio;
      tile.height = SIZE * ratio;
      const ctx = tile.getContext("2d");
      ctx.scale(ratio, ratio);
      drawTile(ctx, this.theme(), this.world, this.shows, coords);
      return tile;
    },
  });

  geomap.Basemap = Basemap;
})((window.geomap = window.geomap || {}));
