"""Facts that a text seems to say: each is proposed with its words, and none is taken for one."""
