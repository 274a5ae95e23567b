# What stands around every page.

skip = Skip to the content
menu = Main menu
languages = Language
menu-fold = Menu
menu-cases = Cases
menu-needs = Needs
menu-themes = Themes and wicked problems
menu-municipalities = Municipalities
menu-network = The network
menu-help = About Idenett
home = Home
breadcrumbs = Breadcrumbs
search = Search
search-label = Search what municipalities have shared
search-example = for example lonely elderly people
foot-what = Idenett is the network in which municipalities share what they have tried, so that others can use it.
foot-more = Read more about Idenett
foot-api = Machine-readable data (API)
foot-federation = Federation:
pages = More pages
page = Page
pages-back = Previous
pages-on = Next
results = Results
print = Print
copy = Copy the text
copied = Copied
read-more = Read more
since = since
updated = Updated

# When there is no page.

fault-code = Error
fault-home = To the front page
fault-not-found = We cannot find this page
fault-not-found-text = The address may be misspelt, or what it points to has not reached this node yet. Try the search, or wait a little and load the page again.
fault-case = To the case
fault-withdrawn = No council paper is made of this
fault-withdrawn-text = Whoever shared the case has withdrawn it. The page of the case says why, and what stands in its place if anything does.
fault-bad = We do not understand the address
fault-bad-text = One of the choices in the address does not exist. Begin again from the list of cases.
fault-method = The pages can only be read
fault-method-text = You cannot send anything here. What is to be published is written with the command idenett on the machine where the node runs.
fault-too-large = The request is too large
fault-too-large-text = Make the search or the address shorter and try again.
fault-host = The pages do not answer to this name
fault-host-text = Use the address that the node tells in its status. If the pages are to be reached under a name of their own, add it to web_hosts in the configuration.
fault-busy = There is too much to do just now
fault-busy-text = Wait a few seconds and load the page again. Nothing is lost.
fault-node = Something went wrong in this node
fault-node-text = The fault is written in the log of the node. Tell those who run it if it happens again.
