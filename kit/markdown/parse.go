package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Bounds that honest texts never reach. Beyond them a sign is just a character.
const (
	maxDepth       = 24       // block quotes and lists within each other
	maxDelimiters  = 500      // * _ ~ runs in one block
	maxColumns     = 64       // of a table
	maxCells       = 50_000   // of all tables of a text
	maxDefinitions = 2000     // lines of a paragraph that may define links
	maxNotes       = 5000     // references to footnotes
	maxSearch      = 20 << 20 // bytes that unmatched brackets may make the parser search, per text
)

// newParser returns a parser without raw HTML, with bounds on everything that
// can take more than linear time.
func newParser(short bool) parser.Parser {
	budget := &bracketBudget{left: maxSearch}
	delimiters := &delimiterCount{}
	if short {
		return shortParser(budget, delimiters)
	}
	cells := maxCells
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(shallow{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(directiveParser{}, 650),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(shallow{extension.NewFootnoteBlockParser()}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(&fewNotes{extension.NewFootnoteParser(), maxNotes}, 101),
			util.Prioritized(boundedLinks{parser.NewLinkParser(), budget}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(boundedDelimiters{parser.NewEmphasisParser(), delimiters}, 500),
			util.Prioritized(boundedDelimiters{extension.NewStrikethroughParser(), delimiters}, 501),
			util.Prioritized(extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:", "mailto:"})), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(fewDefinitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(smallTables{extension.NewTableParagraphTransformer(), &cells}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// shortParser reads paragraphs, emphasis, links, lists, quotes and code.
func shortParser(budget *bracketBudget, delimiters *delimiterCount) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(shallow{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500), // else an indented line would be lost
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(boundedLinks{parser.NewLinkParser(), budget}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(boundedDelimiters{parser.NewEmphasisParser(), delimiters}, 500),
			util.Prioritized(boundedDelimiters{extension.NewStrikethroughParser(), delimiters}, 501),
			util.Prioritized(extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:", "mailto:"})), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(fewDefinitions{parser.LinkReferenceParagraphTransformer}, 100),
		),
	)
}

// shallow opens no block below maxDepth.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if depth++; depth > 2*maxDepth { // a list and its item are two
			return nil, parser.NoChildren
		}
	}
	return s.BlockParser.Open(parent, r, pc)
}

// bracketBudget is shared by the blocks of one text.
type bracketBudget struct{ left int }

// boundedLinks stops looking for links once brackets that match nothing have
// cost too much: each may make the parser read the rest of its block.
type boundedLinks struct {
	parser.InlineParser
	budget *bracketBudget
}

func (l boundedLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if l.budget.left <= 0 {
		return nil
	}
	closing := block.Peek() == ']'
	n := l.InlineParser.Parse(parent, block, pc)
	if n == nil && closing {
		l.budget.left -= blockLen(parent)
	}
	return n
}

// CloseBlock implements parser.CloseBlocker.
func (l boundedLinks) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := l.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

func blockLen(n ast.Node) int {
	if n.Type() == ast.TypeInline {
		return 0
	}
	lines := n.Lines()
	if lines.Len() == 0 {
		return 0
	}
	return lines.At(lines.Len()-1).Stop - lines.At(0).Start
}

// delimiterCount counts within the block parsed last.
type delimiterCount struct {
	block ast.Node
	n     int
}

// boundedDelimiters reads at most maxDelimiters runs of emphasis per block,
// since each may be compared with all before it.
type boundedDelimiters struct {
	parser.InlineParser
	count *delimiterCount
}

func (d boundedDelimiters) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if d.count.block != parent {
		d.count.block, d.count.n = parent, 0
	}
	if d.count.n++; d.count.n > maxDelimiters {
		return nil
	}
	return d.InlineParser.Parse(parent, block, pc)
}

// CloseBlock implements parser.CloseBlocker.
func (d boundedDelimiters) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := d.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// smallTables leaves tables as text that are too wide or, together, too large:
// every row is padded to the width of the first, so that a few bytes could grow
// to many.
type smallTables struct {
	parser.ParagraphTransformer
	cells *int // how many more this text may have
}

func (t smallTables) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines, columns := p.Lines(), 0
	if lines.Len() < 2 {
		return
	}
	for i := range lines.Len() {
		line := lines.At(i)
		columns = max(columns, bytes.Count(line.Value(r.Source()), []byte("|"))+1)
	}
	if columns > maxColumns || columns*lines.Len() > *t.cells {
		return
	}
	before := lines.Len()
	t.ParagraphTransformer.Transform(p, r, pc)
	if p.Parent() == nil || p.Lines().Len() < before {
		*t.cells -= columns * before
	}
}

// fewNotes reads at most left references to footnotes: each adds some 200 bytes.
type fewNotes struct {
	parser.InlineParser
	left int
}

func (f *fewNotes) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if f.left <= 0 {
		return nil
	}
	n := f.InlineParser.Parse(parent, block, pc)
	if n != nil {
		f.left--
	}
	return n
}

// fewDefinitions doesn't look for link definitions in a paragraph of a great
// many lines, since the time that takes grows with their square.
type fewDefinitions struct{ parser.ParagraphTransformer }

func (t fewDefinitions) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	if p.Lines().Len() <= maxDefinitions {
		t.ParagraphTransformer.Transform(p, r, pc)
	}
}
