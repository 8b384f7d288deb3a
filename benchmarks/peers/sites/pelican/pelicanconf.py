# noqa: INP001  # Pelican reads it as a file, not as a module
"""Pelican's settings: topics as tags, organisations as authors, archives by day, month and year, one feed."""

SITENAME = "Paper catalogue"
SITEURL = "https://papers.example.org"
TAGLINE = "Papers from Daily Papers, by topic and by date"
PATH = "content"
THEME = "theme"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
WITH_FUTURE_DATES = True
SUMMARY_MAX_LENGTH = 35

FEED_ALL_ATOM = None
FEED_ATOM = "atom.xml"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

ARTICLE_PATHS = ["papers"]
ARTICLE_URL = "papers/{category}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
TAG_URL, TAGS_URL = "topics/{slug}/", "topics/"
TAG_SAVE_AS, TAGS_SAVE_AS = TAG_URL + "index.html", TAGS_URL + "index.html"
AUTHOR_URL, AUTHORS_URL = "organizations/{slug}/", "organizations/"
AUTHOR_SAVE_AS, AUTHORS_SAVE_AS = AUTHOR_URL + "index.html", AUTHORS_URL + "index.html"
CATEGORY_SAVE_AS = ""
YEAR_ARCHIVE_URL, MONTH_ARCHIVE_URL, DAY_ARCHIVE_URL = "{date:%Y}/", "{date:%Y/%m}/", "{date:%Y/%m/%d}/"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL + "index.html"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
DAY_ARCHIVE_SAVE_AS = DAY_ARCHIVE_URL + "index.html"

DIRECT_TEMPLATES = ["home", "index", "tags", "authors", "archives"]
HOME_URL, INDEX_URL, ARCHIVES_URL = "", "papers/", "dates/"
HOME_SAVE_AS, INDEX_SAVE_AS, ARCHIVES_SAVE_AS = "index.html", "papers/index.html", "dates/index.html"
DEFAULT_PAGINATION = 25
PAGINATED_TEMPLATES = dict.fromkeys(["index", "tag", "author", "period_archives"])
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
