package press

// BuiltInForms are the forms that a new site begins with, in order.
// Their identifiers and sites are set by whoever seeds them.
func BuiltInForms() []Form {
	title := Field{
		Key: "title", Kind: ShortText, Role: RoleTitle, Required: true, Max: 150,
		Label:   Text{"fr": "Quel titre donnez-vous à votre texte ?", "en": "What title do you give your text?", "br": "Peseurt titl a roit d’ho testenn ?"},
		Help:    Text{"fr": "Dites l’essentiel en une ligne : qui fait quoi, où.", "en": "Say the main thing in one line: who does what, where.", "br": "Lavarit ar pep pouezusañ en ul linenn : piv a ra petra, pelec’h."},
		Example: Text{"fr": "Les Trois-Dunes ouvrent un atelier vélo le samedi", "en": "A bike workshop opens on Saturdays", "br": "Ur stal marc’hoù-houarn a zigor d’ar Sadorn"},
	}
	return []Form{
		{
			Slug: "article", BuiltIn: "article", Listed: true, Position: 1, Version: 1,
			Name:   Text{"fr": "Un article", "en": "An article", "br": "Ur pennad"},
			Plural: Text{"fr": "Articles", "en": "Articles", "br": "Pennadoù"},
			Pitch:  Text{"fr": "Pour raconter, expliquer, rendre compte, avec des images si vous en avez.", "en": "To tell, explain or report, with pictures if you have some.", "br": "Evit kontañ, displegañ, rentañ kont, gant skeudennoù m’ho peus."},
			Fields: []Field{
				title,
				{
					Key: "standfirst", Kind: ShortText, Role: RoleStandfirst, Max: 400,
					Label:   Text{"fr": "En deux phrases, de quoi s’agit-il ?", "en": "In two sentences, what is it about?", "br": "E div frazenn, eus petra ez eus kaoz ?"},
					Help:    Text{"fr": "Ces phrases se lisent dans les listes : elles doivent se comprendre toutes seules.", "en": "They are read in lists: they must stand on their own.", "br": "Lennet e vezont er rolloù : ret eo gellout o c’hompren o-unan."},
					Example: Text{"fr": "Chaque samedi, six bénévoles apprennent aux habitants à réparer leur vélo. On vient avec sa panne, on repart avec le sourire.", "en": "Every Saturday, six volunteers teach people to mend their bikes. Come with a flat tyre, leave with a smile.", "br": "Bep Sadorn e tesk c’hwec’h a youl-vat d’an dud dresañ o marc’h-houarn."},
				},
				{
					Key: "text", Kind: LongText, Role: RoleBody, Required: true,
					Label:   Text{"fr": "Racontez", "en": "Tell the story", "br": "Kontit"},
					Help:    Text{"fr": "Écrivez comme vous parlez. Qui, quoi, où, quand, comment, et ce que cela a changé. Une ligne vide sépare deux paragraphes.", "en": "Write as you speak. Who, what, where, when, how, and what it changed. An empty line separates two paragraphs.", "br": "Skrivit evel ma komzit. Piv, petra, pelec’h, pegoulz, penaos."},
					Example: Text{"fr": "Tout a commencé par un vélo oublié dans une cave…", "en": "It all began with a bike forgotten in a cellar…", "br": "Gant ur marc’h-houarn ankounac’haet en ur c’hav e krogas pep tra…"},
				},
				{
					Key: "pictures", Kind: Pictures, Role: RolePictures, Max: 12,
					Label:   Text{"fr": "Avez-vous des images ?", "en": "Do you have pictures?", "br": "Ha skeudennoù ho peus ?"},
					Help:    Text{"fr": "La première illustrera votre article. Dites qui les a faites et décrivez-les pour qui ne les voit pas.", "en": "The first one will illustrate your article. Say who made them and describe them for those who can't see them.", "br": "Ar skeudenn gentañ a skeudenno ho pennad. Lavarit piv en deus graet anezho."},
					Example: Text{"fr": "Trois personnes penchées sur une roue, dans un garage ouvert sur la rue.", "en": "Three people bent over a wheel, in a garage open to the street.", "br": "Tri den soublet war ur rod, en ur c’harrdi digor war ar straed."},
				},
				{
					Key: "files", Kind: Files, Role: RoleFiles, Max: 6,
					Label: Text{"fr": "Un document, un enregistrement, une vidéo à joindre ?", "en": "A document, a recording, a video to attach?", "br": "Un teuliad, un enrolladenn, ur video da stagañ ?"},
					Help:  Text{"fr": "On les lira et on les écoutera sous votre texte.", "en": "People will read and hear them below your text.", "br": "Lennet ha selaouet e vint dindan ho testenn."},
				},
			},
		},
		{
			Slug: "brief", BuiltIn: "brief", Listed: true, Position: 2, Version: 1,
			Name:   Text{"fr": "Une brève", "en": "A brief", "br": "Ur verrig"},
			Plural: Text{"fr": "Brèves", "en": "Briefs", "br": "Berrigoù"},
			Pitch:  Text{"fr": "Pour annoncer ou signaler quelque chose en quelques lignes.", "en": "To announce or point to something in a few lines.", "br": "Evit kemenn pe diskouez un dra bennak e-berr gomzoù."},
			Fields: []Field{
				title,
				{
					Key: "text", Kind: LongText, Role: RoleBody, Required: true, Max: 2000,
					Label:   Text{"fr": "En quelques lignes", "en": "In a few lines", "br": "E-berr gomzoù"},
					Help:    Text{"fr": "Qui, quoi, où, quand, et un lien pour en savoir plus.", "en": "Who, what, where, when, and a link to know more.", "br": "Piv, petra, pelec’h, pegoulz, hag ul liamm evit gouzout hiroc’h."},
					Example: Text{"fr": "La chorale de Kerbalan cherche deux basses. Répétitions le mardi à 20 h, salle des Goémoniers.", "en": "The Kerbalan choir looks for two basses. Rehearsals on Tuesdays at 8 pm.", "br": "Laz-kanañ Kerbalan a glask div vouezh boud."},
				},
				{
					Key: "pictures", Kind: Pictures, Role: RolePictures, Max: 2,
					Label: Text{"fr": "Une image ?", "en": "A picture?", "br": "Ur skeudenn ?"},
					Help:  Text{"fr": "Facultative. Dites qui l’a faite et décrivez-la pour qui ne la voit pas.", "en": "Optional. Say who made it and describe it for those who can't see it.", "br": "Diret eo. Lavarit piv en deus graet anezhi."},
				},
			},
		},
		{
			Slug: "page", BuiltIn: "page", Position: 3, Version: 1, Talk: TalkOff,
			Name:   Text{"fr": "Une page", "en": "A page", "br": "Ur bajenn"},
			Plural: Text{"fr": "Pages", "en": "Pages", "br": "Pajennoù"},
			Pitch:  Text{"fr": "Pour ce qui dure : l’accueil, une présentation, un mode d’emploi du site.", "en": "For what lasts: the front page, a presentation, how the site works.", "br": "Evit ar pezh a bad : an degemer, un displegadenn, penaos ez a al lec’hienn en-dro."},
			Fields: []Field{
				title,
				{
					Key: "text", Kind: LongText, Role: RoleBody, Required: true,
					Label: Text{"fr": "Le texte de la page", "en": "The page's text", "br": "Testenn ar bajenn"},
					Help:  Text{"fr": "Une ligne comme ::latest{count=6} place une liste de contributions dans la page.", "en": "A line such as ::latest{count=6} puts a list of contributions in the page.", "br": "Ul linenn evel ::latest{count=6} a laka ur roll er bajenn."},
				},
			},
		},
	}
}
