package press

import (
	"slices"
	"time"
)

// ReportYear is what became of a year's reports, for the public: Regulation
// (EU) 2022/2065, article 15(1), asks providers for such figures.
type ReportYear struct {
	Year     int
	Reports  int
	Reasons  map[ReportReason]int
	Cases    int // things reported: several reports may be about one
	Outcomes map[Outcome]int
	Waiting  int
	// Median is of the times from a first report to the decision; zero when
	// nothing was decided.
	Median  time.Duration
	Appeals int
	Changed int // decisions that an appeal changed
}

// ReportYears counts cases in the years in which they were opened, in a time
// zone, the latest first. Reports and appeals are in their case's year.
func ReportYears(cases []Case, zone *time.Location) []ReportYear {
	years := map[int]*ReportYear{}
	times := map[int][]time.Duration{}
	for _, c := range cases {
		year := c.OpenedAt.In(zone).Year()
		y := years[year]
		if y == nil {
			y = &ReportYear{Year: year, Reasons: map[ReportReason]int{}, Outcomes: map[Outcome]int{}}
			years[year] = y
		}
		y.Cases++
		y.Reports += len(c.Reports)
		for _, r := range c.Reports {
			y.Reasons[r.Reason]++
		}
		if c.State == CaseWaiting {
			y.Waiting++
		} else {
			y.Outcomes[c.Outcome]++
			times[year] = append(times[year], c.At.Sub(c.OpenedAt))
		}
		y.Appeals += len(c.Appeals)
		for _, a := range c.Appeals {
			if a.Changed {
				y.Changed++
			}
		}
	}
	var all []ReportYear
	for year, y := range years {
		y.Median = median(times[year])
		all = append(all, *y)
	}
	slices.SortFunc(all, func(a, b ReportYear) int { return b.Year - a.Year })
	return all
}

func median(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	middle := len(all) / 2
	if len(all)%2 == 1 {
		return all[middle]
	}
	return (all[middle-1] + all[middle]) / 2
}
