"""Search inside Postgres: codes in any spelling, words in titles and inclusion terms."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Max, OuterRef, Q, Subquery, TextField, Value, When

from codes.spelling import normal

CONFIG = "codes_english"


def find(codes, words, on=None, code_set=None):
    """Narrow a queryset of codes to those that `words` find, best first.

    A code in any spelling comes first, then codes that begin with what was typed, then codes whose title or
    inclusion term holds all the words. `on` keeps terms in force that day; `code_set` is an address word.
    Ranges are found by their words or as they are written. Rows carry `rank_group` (0 exact, 1 prefix,
    2 words), `rank`, and `matched_term`: the inclusion term that holds the words, where one does.
    """
    typed = normal(words)
    query = SearchQuery(words.replace("/", " "), config=CONFIG, search_type="websearch")
    if code_set:
        codes = codes.of(code_set)
    starts = Q(code=typed) | Q(kind="code", code__startswith=typed)
    by_words = terms_of(codes.model).filter(holding(query, on)).values("code")
    found = by_words.union(codes.filter(starts).values("pk")) if looks_like_a_code(typed) else by_words
    group = Case(
        When(code=typed, then=Value(0)),
        When(starts if looks_like_a_code(typed) else Q(pk__in=[]), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        codes.filter(pk__in=found)
        .annotate(
            rank_group=group,
            rank=Max(SearchRank(F("terms__lexemes"), query, normalization=2)),
            matched_term=matching_term(codes.model, query),
        )
        .order_by("rank_group", F("rank").desc(nulls_last=True), "code_set__position", "position")
    )


def terms_of(code_model):
    """The texts by which codes are found."""
    return code_model.terms.rel.related_model.objects.all()


def holding(query, on):
    """The condition that a text holds the words, on the day `on` where one is given."""
    if on is None:
        return Q(lexemes=query)
    return Q(lexemes=query, effective_on__lte=on) & (Q(terminated_on__isnull=True) | Q(terminated_on__gte=on))


def matching_term(code_model, query):
    """The inclusion term of the code that holds the words, as a subquery."""
    rows = terms_of(code_model).filter(code=OuterRef("pk"), source="inclusion", lexemes=query)
    return Subquery(rows.order_by("pk").values("text")[:1], output_field=TextField())


def looks_like_a_code(typed):
    """Whether a normalised word may be the beginning of a code: two characters or more, one of them a digit."""
    return 2 <= len(typed) <= 11 and any(letter.isdigit() for letter in typed)
