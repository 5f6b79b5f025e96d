// A canvas that covers the map's view and a margin, moves with it and is redrawn when it rests.
(function (geomap) {
  "use strict";

  const PADDING = 0.2; // of the view's size, on each side, so that a drag finds things drawn

  /** `paint(ctx, frame)` draws; frame: zoom, size of the world, bounds in world pixels, origin. */
  const ViewCanvas = L.Renderer.extend({
    options: { padding: PADDING },

    initialize(pane, paint) {
      L.Renderer.prototype.initialize.call(this, { pane, padding: PADDING });
      this.paint = paint;
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._container.className = "gm-canvas";
    },

    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) {
        return;
      }
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.redraw();
    },

    redraw() {
      if (!this._map || !this._bounds) {
        return;
      }
      const canvas = this._container;
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const ctx = canvas.getContext("2d");
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, canvas.width, canvas.height);
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.translate(-this._bounds.min.x, -this._bounds.min.y);
      this.paint(ctx, geomap.frameOf(this._map, this._bounds));
    },
  });

  /** What is in sight, without the margin, in layer points. */
  function sightOf(map) {
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const size = map.getSize();
    return { x0: x, y0: y, x1: x + size.x, y1: y + size.y };
  }

  /** Describe what is to be drawn: `bounds` are layer points; `copies` are shifts in pixels. */
  function frameOf(map, bounds) {
    const zoom = map.getZoom();
    const origin = map.getPixelOrigin();
    const size = geomap.worldSize(zoom);
    const view = {
      x0: bounds.min.x + origin.x,
      y0: bounds.min.y + origin.y,
      x1: bounds.max.x + origin.x,
      y1: bounds.max.y + origin.y,
    };
    const copies = [];
    for (let k = Math.floor(view.x0 / size); k <= Math.floor(view.x1 / size); k += 1) {
      copies.push(k * size);
    }
    return { zoom, origin, size, view, sight: sightOf(map), copies };
  }

  Object.assign(geomap, { ViewCanvas, frameOf });
})((window.geomap = window.geomap || {}));
