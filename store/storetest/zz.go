package storetest

var drafts, people, signins, jobs, sites, writes []behaviour
