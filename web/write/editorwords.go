package write

import "bourgeon/web/page"

// editorWords are what the editor says, by the keys of web/editor/src.
func editorWords(v *page.Visit) string {
	words := map[string]string{
		// tools
		"toolbar": v.T("Layout of the text"), "heading": v.T("Heading"), "subheading": v.T("Subheading"),
		"smallheading": v.T("Small heading"), "paragraph": v.T("Running text"), "bold": v.T("Bold"), "italic": v.T("Italics"),
		"link": v.T("Link"), "insert": v.T("Insert"), "list": v.T("List"), "numbers": v.T("Numbered list"), "quote": v.T("Quotation"),
		"undo": v.T("Undo"), "redo": v.T("Redo"), "help": v.T("Help"), "picture": v.T("A picture"), "note": v.T("A footnote"),
		"box": v.T("A highlighted box"), "table": v.T("A table"), "rule": v.T("A rule"), "shown": v.T("A map, a video, a sound"), "strike": v.T("Struck through"), "code": v.T("Code"),
		"rowAfter": v.T("Row below"), "columnAfter": v.T("Column to the right"), "rowOff": v.T("Remove the row"),
		"columnOff": v.T("Remove the column"), "tableOff": v.T("Remove the table"),
		"markdownMode": v.T("Write in Markdown"), "typography": v.T("Typographic care"),
		// windows
		"cancel": v.T("Cancel"), "close": v.T("Close"), "keep": v.T("Keep"), "insertIt": v.T("Insert it"), "required": v.T("Fill this in, or cancel."),
		"change": v.T("Change"), "remove": v.T("Take it off"), "offline": v.T("No connection: try again once it is back."),
		"failed":  v.T("It did not work: try again in a minute."),
		"columns": v.T("How many columns?"), "columnsFault": v.T("Between 1 and 12 columns."), "rows": v.T("How many rows?"),
		"rowsHelp": v.T("Besides the first, which says what is in the columns."), "rowsFault": v.T("Between 1 and 100 rows."),
		"address": v.T("Where does it lead?"), "addressHelp": v.T("Type an address, or a few words to find a text of the network."),
		"addressFault": v.T("This is no address: it begins with https://, or choose a text from the list."), "linkText": v.T("Which words make the link?"),
		"shownAddress": v.T("What is its address?"), "shownFault": v.T("This is no address: it begins with https://."),
		"shownHelp": v.T("That of a map on uMap or OpenStreetMap, of a video on PeerTube or YouTube, of a sound. Nothing is loaded from there before a reader asks for it."),
		"unlink":    v.T("Remove the link"), "hits": v.T("Texts found: %d. Choose one below."), "noHits": v.T("No text has these words."),
		// pictures
		"pictureFile": v.T("Which picture?"), "pictureKind": v.T("Only JPEG, PNG, WebP and GIF pictures can be taken."),
		"alt": v.T("Describe it for those who can’t see it"), "altHelp": v.T("What one must see in it, in a sentence."),
		"altMissing": v.T("Not described yet, for those who can’t see it."), "caption": v.T("Its caption"), "credit": v.T("Who made this picture?"),
		"describe": v.T("Describe it"), "describeTitle": v.T("About this picture"), "removePicture": v.T("Take this picture off"),
		"pictureMissing": v.T("This picture is not there any more."), "pictureFailed": v.T("The picture could not be added"), "uploading": v.T("The picture is on its way…"),
		"pasted":            v.T("Your text is pasted"),
		"picturesElsewhere": v.T("Pictures left on the site where they are: %d. Readers find links to them. If you may reuse them, save them on your device, then insert them."),
		"picturesLost":      v.T("Pictures that did not come along: %d. Insert them from their files."),
		// other blocks
		"noteNumber": v.T("Note %d: back to the text"), "noteUncalled": v.T("A note that nothing refers to"),
		"liveHelp": v.T("The page fills it in when it is read."), "howMany": v.T("How many shall be shown?"), "count": v.T("How many?"),
		"countFault": v.T("Between 1 and 20."), "rawHelp": v.T("The editor can’t show this passage: it stays as it was written."),
		"changeMarkdown": v.T("Change this passage"), "markdown": v.T("The passage, in Markdown"),
		// help
		"helpText":  v.T("Select words, then press a tool. What you paste from another program keeps its headings, lists, tables and notes."),
		"lineBreak": v.T("New line in the same paragraph"), "deeper": v.T("List within the list; next cell"), "toTools": v.T("From the text to the tools"),
		"out": v.T("Out of the text, to what follows"), "escape": v.T("Press Tab to go on to what follows."),
	}
	for key, text := range words {
		words[key] = v.Set("", text)
	}
	return asJSON(words)
}
