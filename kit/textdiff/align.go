package textdiff

// Run is a stretch of Len elements that are equal in two sequences, from A in
// the first and from B in the second.
type Run struct{ A, B, Len int }

// Align returns equal runs of a and b, in order, none overlapping, touching in
// both sequences or empty: a longest common subsequence wherever the sequences
// differ in few places, and a good one otherwise.
//
// It is the linear-space variant of E. Myers, An O(ND) Difference Algorithm and
// Its Variations (1986), which stops looking for the best split when the
// differences are many and takes the furthest it has found, so that time stays
// in proportion to the length.
func Align[T comparable](a, b []T) []Run {
	x := aligner{a: make([]int32, len(a)), b: make([]int32, len(b))}
	numbers := make(map[T]int32, len(a))
	number := func(v T) int32 {
		n, ok := numbers[v]
		if !ok {
			n = int32(len(numbers))
			numbers[v] = n
		}
		return n
	}
	for i, v := range a {
		x.a[i] = number(v)
	}
	for i, v := range b {
		x.b[i] = number(v)
	}
	x.compare(0, len(a), 0, len(b))
	return x.runs
}

// maxCost is how many differences are searched exactly before a split is
// taken as good enough.
const maxCost = 256

type aligner struct {
	a, b              []int32
	runs              []Run
	forward, backward [2*maxCost + 3]int
}

func (x *aligner) match(a, b, n int) {
	if n == 0 {
		return
	}
	if k := len(x.runs) - 1; k >= 0 && x.runs[k].A+x.runs[k].Len == a && x.runs[k].B+x.runs[k].Len == b {
		x.runs[k].Len += n
		return
	}
	x.runs = append(x.runs, Run{a, b, n})
}

// compare aligns a[a0:a1] with b[b0:b1]. It recurs on the part before a split
// and goes on with the part after it, so that its depth stays small.
func (x *aligner) compare(a0, a1, b0, b1 int) {
	for {
		n := 0
		for a0+n < a1 && b0+n < b1 && x.a[a0+n] == x.b[b0+n] {
			n++
		}
		x.match(a0, b0, n)
		a0, b0 = a0+n, b0+n
		tail := 0
		for a0 < a1-tail && b0 < b1-tail && x.a[a1-1-tail] == x.b[b1-1-tail] {
			tail++
		}
		if a0 == a1-tail || b0 == b1-tail {
			x.match(a1-tail, b1-tail, tail)
			return
		}
		if tail > 0 {
			x.compare(a0, a1-tail, b0, b1-tail)
			x.match(a1-tail, b1-tail, tail)
			return
		}
		sa, sb := x.split(a0, a1, b0, b1)
		x.compare(a0, sa, b0, sb)
		a0, b0 = sa, sb
	}
}

// split returns a point on a good path through the box, neither of its corners.
// The box's first elements differ, and so do its last.
func (x *aligner) split(a0, a1, b0, b1 int) (int, int) {
	n, m := a1-a0, b1-b0
	delta := n - m
	odd := delta&1 != 0
	const mid = maxCost + 1
	f, r := &x.forward, &x.backward
	f[mid+1], r[mid+1] = 0, 0
	limit := min((n+m+1)/2, maxCost)
	for d := 0; d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			var p int
			if k == -d || k != d && f[mid+k-1] < f[mid+k+1] {
				p = f[mid+k+1]
			} else {
				p = f[mid+k-1] + 1
			}
			q := p - k
			for p < n && q >= 0 && q < m && x.a[a0+p] == x.b[b0+q] {
				p, q = p+1, q+1
			}
			f[mid+k] = p
			if back := delta - k; odd && back >= -(d-1) && back <= d-1 && p+r[mid+back] >= n {
				return a0 + p, b0 + q
			}
		}
		for k := -d; k <= d; k += 2 {
			var p int
			if k == -d || k != d && r[mid+k-1] < r[mid+k+1] {
				p = r[mid+k+1]
			} else {
				p = r[mid+k-1] + 1
			}
			q := p - k
			for p < n && q >= 0 && q < m && x.a[a1-1-p] == x.b[b1-1-q] {
				p, q = p+1, q+1
			}
			r[mid+k] = p
			if back := delta - k; !odd && back >= -d && back <= d && p+f[mid+back] >= n {
				return a1 - p, b1 - q
			}
		}
	}
	// Too different: take the furthest point of either side inside the box.
	best, sa, sb := 0, a0, b0
	for k := -limit; k <= limit; k += 2 {
		if p := min(f[mid+k], n); p >= 0 {
			if q := p - k; q >= 0 && q <= m && p+q > best && p+q < n+m {
				best, sa, sb = p+q, a0+p, b0+q
			}
		}
		if p := min(r[mid+k], n); p >= 0 {
			if q := p - k; q >= 0 && q <= m && p+q > best && p+q < n+m {
				best, sa, sb = p+q, a1-p, b1-q
			}
		}
	}
	return sa, sb
}
