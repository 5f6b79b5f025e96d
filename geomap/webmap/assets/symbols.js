// Colors and shapes of the event groups, and the page's colors in light and dark.
(function (geomap) {
  "use strict";

  const STAR_POINTS = 8;

  function star() {
    const points = [];
    for (let i = 0; i < STAR_POINTS * 2; i += 1) {
      const radius = i % 2 ? 5 : 10;
      const angle = (Math.PI * i) / STAR_POINTS - Math.PI / 2;
      const x = 12 + radius * Math.cos(angle);
      const y = 12 + radius * Math.sin(angle);
      points.push(`${x.toFixed(2)} ${y.toFixed(2)}`);
    }
    return `M${points.join("L")}Z`;
  }

  // Color: the ten-color cycle of M. Petroff, "Accessible Color Sequences for Data
  // Visualization" (2021), made to be told apart with color-vision deficiencies. Shape, in a box
  // of 24: the second channel.
  const GROUPS = [
    { code: "conflict", color: "#bd1f01", shape: star() },
    {
      code: "military",
      color: "#a96b59",
      shape: "M12 3 20 10v5L12 8 4 15v-5zM12 11l8 7v4.5L12 15.5 4 22.5V18z",
    },
    { code: "unrest", color: "#e76300", shape: "M6 3h2.4v18H6zM9.5 3.5 20 8.5 9.5 13.5z" },
    {
      code: "law_and_crime",
      color: "#832db6",
      shape: "M12 2.5l8 3v6.5c0 4.8-3.4 8-8 9.5-4.6-1.5-8-4.7-8-9.5V5.5z",
    },
    {
      code: "politics",
      color: "#3f90da",
      shape:
        "M12 3 21 8v2.2H3V8zM5 11.5h3v6H5zM10.5 11.5h3v6h-3zM16 11.5h3v6h-3zM3 18.8h18V21H3z",
    },
    {
      code: "diplomacy",
      color: "#92dadd",
      shape:
        "M4.5 6.2H13V3l7 4.7-7 4.7V9.2H4.5zM19.5 17.8H11V21l-7-4.7 7-4.7v3.2h8.5z",
    },
    {
      code: "humanitarian",
      color: "#b9ac70",
      shape:
        "M12 20.5 4.3 12.8a4.9 4.9 0 0 1 7-6.9l.7.7.7-.7a4.9 4.9 0 0 1 7 6.9z",
    },
    { code: "disaster", color: "#ffa90e", shape: "M13.8 2 5 13.5h5.3L8.8 22 18.5 10h-6z" },
    {
      code: "accident",
      color: "#717581",
      shape: "M12 3 22 20.5H2zM11 9.5h2v5.5h-2zM11 16.5h2v2h-2z",
    },
    {
      code: "health",
      color: "#94a4a2",
      shape: "M9.5 4h5v5.5H20v5h-5.5V20h-5v-5.5H4v-5h5.5z",
    },
  ];
  const OTHER = { code: "other", color: "#5b5b6b", shape: "M12 5a7 7 0 1 0 .01 0z" };

  function luminance(hex) {
    const [r, g, b] = [1, 3, 5].map((i) => {
      const part = parseInt(hex.slice(i, i + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** A color, lighter: mixed with a share of white. */
  function lighter(hex, share) {
    const parts = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
    const mixed = parts.map((part) => Math.round(part + (255 - part) * share));
    return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }

  for (const group of [...GROUPS, OTHER]) {
    group.path = new Path2D(group.shape);
    // Whichever of white and near-black stands out more on the color.
    group.ink = luminance(group.color) > 0.28 ? "#14181d" : "#ffffff";
    // For lines on a dark ground.
    group.bright = luminance(group.color) < 0.2 ? lighter(group.color, 0.3) : group.color;
  }

  /** Return the group with this code, or the group for the rest. */
  function groupOf(code) {
    return GROUPS.find((group) => group.code === code) || OTHER;
  }

  /** The place of a group's code among the groups; one past the last for another code. */
  function groupNumber(code) {
    const number = GROUPS.findIndex((group) => group.code === code);
    return number < 0 ? GROUPS.length : number;
  }

  // What took or takes place, as against what is planned, feared, denied.
  const FIRM = new Set(["happened", "ongoing", "background"]);

  const THEME_NAMES = [
    "sea", "sea-glow", "land", "lake", "coast", "border", "province", "river", "disputed",
    "graticule", "label-country", "label-city", "label-halo", "label-place", "symbol-face", "symbol-ink", "symbol-edge", "area-ink",
  ];

  /** Make the page light or dark: as asked, as was chosen, else as the system is. */
  function applyScheme(asked) {
    const { dataset } = document.documentElement;
    const chosen = asked || dataset.theme;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    dataset.scheme = chosen === "dark" || chosen === "light" ? chosen : system;
  }

  applyScheme(); // before anything is shown

  /** Read the map's colors from the style sheet, which knows light from dark. */
  function readTheme() {
    const style = getComputedStyle(document.documentElement);
    const theme = Object.fromEntries(
      THEME_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    );
    theme.dark = document.documentElement.dataset.scheme === "dark";
    return theme;
  }

  /** A group's color for lines and shapes on the map's ground. */
  function lineColor(group, theme) {
    return theme.dark ? group.bright : group.color;
  }

  const SVG = "http://www.w3.org/2000/svg";

  /** Return an SVG of a group's symbol for the panel and the popup. */
  function icon(group, hollow) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", "gm-icon");
    svg.setAttribute("aria-hidden", "true");
    const disc = document.createElementNS(SVG, "circle");
    disc.setAttribute("cx", "12");
    disc.setAttribute("cy", "12");
    disc.setAttribute("r", hollow ? "10.5" : "12");
    disc.setAttribute("fill", hollow ? "none" : group.color);
    if (hollow) {
      disc.setAttribute("stroke", group.color);
      disc.setAttribute("stroke-width", "2.5");
      disc.setAttribute("stroke-dasharray", "4 2.6");
    }
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", group.shape);
    shape.setAttribute("fill", hollow ? group.color : group.ink);
    shape.setAttribute("fill-rule", "evenodd");
    shape.setAttribute("transform", "translate(5.040 5.040) scale(.58)");
    svg.append(disc, shape);
    return svg;
  }

  Object.assign(geomap, { GROUPS, OTHER, FIRM, groupOf, groupNumber, lineColor, applyScheme, readTheme, icon });
})((window.geomap = window.geomap || {}));
