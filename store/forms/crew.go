package forms

import (
	"context"
	"time"

	"bourgeon/kit/ids"
	"bourgeon/press"
	"bourgeon/store/rows"
)

const (
	crewsOf = `
select b.id, b.name, coalesce(c.id, ''), coalesce(p.id, ''), coalesce(p.name, ''), coalesce(p.email, '')
from byline b
left join crew mine on mine.byline_id = b.id and mine.person_id = $1
left join crew c on c.id = mine.id
left join person p on p.id = c.person_id
where b.kind = 'organisation' and (mine.id is not null or exists (select 1 from credit k
  join entry e on e.id = k.entry_id
  where k.byline_id = b.id and k.role = 'author' and e.created_by = $1))
order by b.name, b.id, p.name`
	joinCrew = `
insert into crew (id, byline_id, person_id, since)
values ($1, $2, $3, $4)
on conflict (byline_id, person_id) do nothing`
	leaveCrew = `delete from crew where id = $1 and person_id = $2`
	// What a crew shares: each entry signed in its organisation's name by one of
	// them, with each of the others who don't keep it yet.
	sharedAnew = `
select e.id, m.person_id
from crew w
join entry e on e.created_by = w.person_id
join credit k on k.entry_id = e.id and k.role = 'author' and k.byline_id = w.byline_id
join crew m on m.id = w.id and m.person_id <> w.person_id
where ($1 = '' or w.id = $1) and ($2 = '' or e.id = $2) and ($3 = '' or w.person_id = $3)
  and not exists (select 1 from credit o where o.entry_id = e.id and o.person_id = m.person_id and o.role = 'keeper')`
	keepShared = `
insert into credit (id, entry_id, role, kind, person_id, position)
values ($1, $2, 'keeper', 'anonymous', $3, 1000)`
	// What nobody shares any more: kept by one who isn't of the writer's crew for that organisation.
	letShared = `
delete from credit
where role = 'keeper' and not exists (
  select 1
  from entry e
  join credit k on k.entry_id = e.id and k.role = 'author'
  join crew w on w.byline_id = k.byline_id and w.person_id = e.created_by
  join crew m on m.id = w.id and m.person_id = credit.person_id
  where e.id = credit.entry_id)
  and ($1 = '' or entry_id = $1)`
)

// Crews lists the organisations in whose name the viewer signed, or whose
// entries they share, with those who do. Addresses are those that somebody of the crew gave.
func (r Reader) Crews(ctx context.Context, v press.Viewer) ([]press.Crew, error) {
	if !v.Known() {
		return nil, nil
	}
	var all []press.Crew
	_, err := rows.List(ctx, r.q, "list the organisations", func(row rows.Scanner) (none struct{}, err error) {
		var c press.Crew
		var p press.Person
		if err := row.Scan(&c.Byline, &c.Name, &c.ID, &p.ID, &p.Name, &p.Email); err != nil {
			return none, err
		}
		if len(all) == 0 || all[len(all)-1].Byline != c.Byline {
			all = append(all, c)
		}
		if last := &all[len(all)-1]; p.ID != "" {
			last.People = append(last.People, p)
		}
		return none, nil
	}, crewsOf, string(v.Person))
	return all, err
}

// JoinCrew makes somebody one of a crew.
func (tx Tx) JoinCrew(ctx context.Context, id press.CrewID, byline press.BylineID, person press.PersonID, at time.Time) error {
	_, err := rows.Exec(ctx, tx.tx, "join the organisation", joinCrew, string(id), string(byline), string(person), rows.Micros(at))
	return err
}

// LeaveCrew takes somebody out of a crew.
func (tx Tx) LeaveCrew(ctx context.Context, id press.CrewID, person press.PersonID) error {
	return rows.Change(ctx, tx.tx, "leave the organisation", leaveCrew, string(id), string(person))
}

// ShareAll lets a crew's people keep what they signed in its name so far, and
// nobody else keep it.
func (tx Tx) ShareAll(ctx context.Context, id press.CrewID) error {
	if _, err := rows.Exec(ctx, tx.tx, "unshare entries", letShared, ""); err != nil {
		return err
	}
	return tx.share(ctx, string(id), "", "")
}

// KeepShared lets an entry's writer's crew keep it, where it is signed in their
// organisation's name.
func (tx Tx) KeepShared(ctx context.Context, id press.EntryID, writer press.PersonID) error {
	if writer == "" {
		return nil
	}
	return tx.share(ctx, "", string(id), string(writer))
}

func (tx Tx) share(ctx context.Context, crew, entry, writer string) error {
	type pair struct{ entry, person string }
	anew, err := rows.List(ctx, tx.tx, "find what is shared", func(row rows.Scanner) (p pair, err error) {
		err = row.Scan(&p.entry, &p.person)
		return p, err
	}, sharedAnew, crew, entry, writer)
	for _, p := range anew {
		if err == nil {
			_, err = rows.Exec(ctx, tx.tx, "share an entry", keepShared, ids.New(), p.entry, p.person)
		}
	}
	return err
}
