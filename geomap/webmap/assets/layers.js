// What may be laid over or under the events: an online map, places merely mentioned, more lines.
(function (geomap) {
  "use strict";

  const DOT = 4.2; // pixels: radius of a mentioned place
  const REACH = 7; // pixels: how near the pointer has to be

  /** A layer that only turns something of the basemap on or off. */
  const Switch = L.Layer.extend({
    initialize(basemap, name) {
      this.basemap = basemap;
      this.name = name;
    },
    onAdd() {
      this.turn(true);
    },
    onRemove() {
      this.turn(false);
    },
    turn(on) {
      if (this.basemap.shows[this.name] !== on) {
        this.basemap.shows[this.name] = on;
        this.basemap.redraw();
      }
    },
  });

  /** Places that the articles only mention: small hollow marks, without a claim. */
  class Mentions {
    constructor(app, rows) {
      this.app = app;
      this.places = rows.map(([name, lon, lat, count]) => ({
        name,
        count,
        x: geomap.mercatorX(lon),
        y: geomap.mercatorY(lat),
      }));
      this.layer = new geomap.ViewCanvas("geomap-mentions", (ctx, frame) => this.paint(ctx, frame));
    }

    get shown() {
      return this.app.map.hasLayer(this.layer);
    }

    redraw() {
      this.layer.redraw();
    }

    paint(ctx, frame) {
      const theme = this.app.theme();
      ctx.lineWidth = 1.6;
      ctx.strokeStyle = theme["label-city"];
      ctx.fillStyle = theme["label-halo"];
      for (const shift of frame.copies) {
        for (const { x, y } of this.places) {
          ctx.beginPath();
          ctx.arc(x * frame.size + shift - frame.origin.x, y * frame.size - frame.origin.y, DOT, 0, 2 * Math.PI);
          ctx.fill();
          ctx.stroke();
        }
      }
    }

    /** The place at a layer point, and where it stands on this copy of the world. */
    at(point) {
      if (!this.shown) {
        return null;
      }
      const { size, origin, copies } = geomap.frameOf(this.app.map, this.layer._bounds);
      for (const shift of copies) {
        for (const place of this.places) {
          const [dx, dy] = [place.x * size + shift - origin.x - point.x, place.y * size - origin.y - point.y];
          if (Math.hypot(dx, dy) <= REACH) {
            return { place, latlng: geomap.latLng(place.x + shift / size, place.y) };
          }
        }
      }
      return null;
    }
  }

  function escaped(words) {
    const node = document.createElement("span");
    node.textContent = words;
    return node.innerHTML;
  }

  // Images from a server, above the basemap and below all else; where they fail, it is seen.
  function onlineLayer({ url, attribution }) {
    return L.tileLayer(url, {
      pane: "geomap-tiles",
      attribution: escaped(attribution),
      maxNativeZoom: 19,
    });
  }

  /** Add the layers there are, and the control that turns them on and off. */
  function addLayers(app, position) {
    const { map, basemap } = app;
    const { core } = app.model;
    const layers = new Map();
    if (core.tiles) {
      layers.set("online", onlineLayer(core.tiles).addTo(map));
    }
    if (core.mentions.length) {
      app.mentions = new Mentions(app, core.mentions);
      layers.set("mentions", app.mentions.layer);
    }
    layers.set("disputed", new Switch(basemap, "disputed").addTo(map));
    layers.set("graticule", new Switch(basemap, "graticule"));
    const control = L.control.layers(null, null, { position, sortLayers: false });
    for (const [key, layer] of layers) {
      control.addOverlay(layer, escaped(geomap.say(key)));
    }
    control.addTo(map);
    const toggle = control.getContainer().querySelector(".leaflet-control-layers-toggle");
    toggle.title = geomap.say("layers");
    toggle.setAttribute("aria-label", geomap.say("layers"));
    toggle.setAttribute("role", "button");
    control.getContainer().querySelector(".leaflet-control-layers-list").dir = document.documentElement.dir;
  }

  Object.assign(geomap, { addLayers });
})((window.geomap = window.geomap || {}));
