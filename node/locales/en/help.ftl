# What Idenett is.

help-heading = About Idenett
help-lead = Three of four municipal workplaces innovate, and most of it is invented again next door. Idenett is the network in which municipalities share what they did, so that others find it, understand it and can use it.
help-how-heading = How it works
help-how-1 = Each municipality has a node of its own: one program on a machine of the municipality. What you are reading lies on this node.
help-how-2 = What a municipality shares goes from node to node until all have it. There is no centre that can fail, edit or forget.
help-how-3 = Municipalities share cases of what they have tried, tell of needs that they have not solved, and say when they use something of others.
help-trust-heading = Can I trust it?
help-trust-1 = Everything is signed by who says it. The node checks the signature each time you open a case, and shows who wrote each version and what was changed.
help-trust-2 = What is not confirmed in time is marked. What is taken back remains with the reason.
help-gates-heading = New, useful, utilised
help-gates-1 = An idea becomes an innovation when it has passed three gates:
help-gate-new = it is said for whom it is new.
help-gate-useful = the need is described, and it is said what value is expected.
help-gate-utilised = it is in use, and the value was observed or measured.
help-evidence = The node computes the level from the measurements and from who uses it. Nobody can write it in.
help-reuse-heading = What counts as reuse?
help-reuse-1 = Only who uses something can say so, never who owns it. It counts from when it is in use and practice has changed, not from when it was read.
help-reuse-2 = A declaration holds for two years. Then it must be confirmed. Taking it back is as easy as giving it.
help-failure-heading = What did not work
help-failure = A trial that ended is as welcome as one that succeeded. The lesson may save others from the same.
help-keys-heading = Keyboard
help-keys = Press / to go to the search field. Everything else works with tab and enter, also without JavaScript.

# The page about the API.

api-heading = Machine-readable data (API)
api-lead = Programs can read everything that the pages show as JSON. The addresses can only be read, and nobody needs a key or an account.
api-source = This page is made from the same description that programs read (OpenAPI 3.1).
api-file = Get the description
api-addresses = Addresses
api-example = See an example of the answer
api-parameters = Parameters
api-answers = Answers
api-common = The same for every address
api-schemas = What answers consist of
