package page

// icons are drawn on a grid of 24, strokes only: style.css gives them their width and colour.
var icons = map[string]string{
	"pencil":  `<path d="M4 20l1-5L16 4l4 4L9 19z"/><path d="M13 7l4 4"/>`,
	"search":  `<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>`,
	"person":  `<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 3.5-7.5 8-7.5s8 2.5 8 7.5"/>`,
	"clock":   `<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l4 2.5"/>`,
	"check":   `<path d="M4 13l5.5 5.5L20 6"/>`,
	"back":    `<path d="M9 5L3 11l6 6"/><path d="M3 11h11a6 6 0 0 1 6 6v2"/>`,
	"cross":   `<path d="M5 5l14 14M19 5L5 19"/>`,
	"star":    `<path d="M12 3l2.7 6 6.3.6-4.8 4.3 1.5 6.4L12 17l-5.7 3.3 1.5-6.4L3 9.6 9.300 9z"/>`,
	"bin":     `<path d="M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10v7M14 10v7"/>`,
	"history": `<path d="M4 5v5h5"/><path d="M4.500 10a8.500 8.500 0 1 1-1 4"/><path d="M12 8v5l3 2"/>`,
	"feed":    `<path d="M5 11a8 8 0 0 1 8 8M5 4a15 15 0 0 1 15 15"/><circle cx="6" cy="18" r="1.5"/>`,
	"print":   `<path d="M7 8V3h10v5M7 17H4V8h16v9h-3"/><path d="M7 14h10v7H7z"/>`,
	"link":    `<path d="M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1.500 1.500"/><path d="M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1.500-1.500"/>`,
	"picture": `<path d="M3 5h18v14H3z"/><path d="M3 17l6-6 5 5 3-3 4 4"/><circle cx="15.500" cy="9" r="1.300"/>`,
	"mail":    `<path d="M3 6h18v13H3z"/><path d="M3 7l9 7 9-7"/>`,
	"eye":     `<path d="M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7z"/><circle cx="12" cy="12" r="3"/>`,
	"thanks":  `<path d="M12 20.500C5 16 3 12.500 3 9.300A4.300 4.300 0 0 1 12 7a4.300 4.300 0 0 1 9 2.300c0 3.200-2 6.700-9 11.200z"/>`,
	"talk":    `<path d="M4 4h16v12H11l-5 4v-4H4z"/>`,
	"next":    `<path d="M5 12h14M13 6l6 6-6 6"/>`,
	"prev":    `<path d="M19 12H5M11 6l-6 6 6 6"/>`,
}
