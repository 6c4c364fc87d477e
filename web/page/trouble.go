package page

import (
	"net/http"

	"github.com/a-h/templ"
)

func (v *Visit) troubleKicker(t Trouble) string {
	if t.Status >= 500 {
		return v.T("A failure on our side")
	}
	return ""
}

func (v *Visit) troubleTitle(t Trouble) string {
	switch t.Status {
	case http.StatusNotFound:
		return v.T("This page isn’t here.")
	case http.StatusGone:
		return v.T("This is no longer here.")
	case http.StatusForbidden:
		return v.T("This isn’t open to you.")
	case http.StatusConflict:
		return v.T("Somebody was here at the same time.")
	case http.StatusUnprocessableEntity:
		return v.T("Something needs mending.")
	case http.StatusTooManyRequests:
		return v.T("A little slower, please.")
	case http.StatusRequestEntityTooLarge:
		return v.T("This is too large.")
	case http.StatusMethodNotAllowed:
		return v.T("This can’t be done here.")
	case http.StatusServiceUnavailable:
		return v.T("This doesn’t work for now.")
	default:
		return v.T("Something broke on our side.")
	}
}

func (v *Visit) troubleText(t Trouble) string {
	switch {
	case t.Status == http.StatusNotFound:
		return v.T("It may have changed its name, or the address lost a letter on the way.")
	case t.Message != "":
		return t.Message
	case t.Status >= 500:
		return v.T("What you had written is kept. Try again in a minute; if it happens again, send us this number.")
	default:
		return ""
	}
}

func currentStep(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "step"}
	}
	return nil
}
