package storetest
var entries, pages, selections, credits, histories, journals, drafts, people, signins, jobs, sites, writes []behaviour
