"""Facts: files of YAML, each value with its place, and the model of what they may say."""
