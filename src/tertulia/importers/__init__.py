"""Files that people bring: each format is read into one stream of people, ideas, replies, versions, marks and links."""
