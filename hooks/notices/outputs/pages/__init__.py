"""Pages: the fragments of HTML, the merge of facts and narrative, and the frame around them."""
