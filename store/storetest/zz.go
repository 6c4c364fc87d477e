package storetest

var credits, histories, journals, drafts, people, signins, jobs, sites, writes []behaviour
