"""Files that the map's page is made of: scripts, style sheet, basemap data."""
