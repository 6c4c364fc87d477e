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
	maxDepth      = 24       // block quotes and lists within each other
	maxDelimiters = 1000     // * _ ~ runs in one block
	maxColumns    = 64       // of a table
	maxSearch     = 20 << 20 // bytes that unmatched brackets may make the parser search, per text
)

// newParser returns a parser without raw HTML, with bounds on everything that
// can take more than linear time.
func newParser() parser.Parser {
	budget := &bracketBudget{left: maxSearch}
	delimiters := &delimiterCount{}
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
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(boundedLinks{parser.NewLinkParser(), budget}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(boundedDelimiters{parser.NewEmphasisParser(), delimiters}, 500),
			util.Prioritized(boundedDelimiters{extension.NewStrikethroughParser(), delimiters}, 501),
			util.Prioritized(extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:", "mailto:"})), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(narrowTables{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
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

// narrowTables leaves tables with too many columns as text: every row is padded
// to the width of the first, so that a wide one could grow without measure.
type narrowTables struct{ parser.ParagraphTransformer }

func (t narrowTables) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	for i := range p.Lines().Len() {
		line := p.Lines().At(i)
		if bytes.Count(line.Value(r.Source()), []byte("|")) > maxColumns {
			return
		}
	}
	t.ParagraphTransformer.Transform(p, r, pc)
}
