"""Search inside Postgres: codes in any spelling, words in titles and inclusion terms."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Max, OuterRef, Q, Subquery, TextField, Value, When

from codes.spelling import normal

CONFIG = "codes_english"


def find(codes, words, on=None, code_set=None):
    """Narrow a queryset of codes to those that `words` find, best first.

    A code in any spelling comes first, then codes that begin with what was typed, then codes whose title or
    inclusion term holds all the words. `on` keeps terms in force that day; `code_set` is an address word.
    Ranges are found by their words only. Rows carry `rank_group` (0 exact, 1 prefix, 2 words), `rank`, and
    `matched_term`: the inclusion term that holds the words, where one does.
    """
    typed = normal(words)
    query = SearchQuery(words.replace("/", " "), config=CONFIG, search_type="websearch")
    found = Q(terms__lexemes=query)
    if on:
        found &= Q(terms__effective_on__lte=on) & (
            Q(terms__terminated_on__isnull=True) | Q(terms__terminated_on__gte=on)
        )
    if code_set:
        codes = codes.of(code_set)
    starts = Q(kind="code", code__startswith=typed) if looks_like_a_code(typed) else Q(pk__in=[])
    group = Case(
        When(code=typed, then=Value(0)),
        When(starts, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        codes.filter(found | starts)
        .annotate(
            rank_group=group,
            rank=Max(SearchRank(F("terms__lexemes"), query, normalization=2)),
            matched_term=matching_term(codes.model, query),
        )
        .order_by("rank_group", F("rank").desc(nulls_last=True), "code_set__position", "position")
    )


def matching_term(code_model, query):
    """The inclusion term of the code that holds the words, as a subquery."""
    term = code_model.terms.rel.related_model
    rows = term.objects.filter(code=OuterRef("pk"), source="inclusion", lexemes=query)
    return Subquery(rows.order_by("pk").values("text")[:1], output_field=TextField())


def looks_like_a_code(typed):
    """Whether a normalised word may be the beginning of a code: two characters or more, one of them a digit."""
    return 2 <= len(typed) <= 11 and any(letter.isdigit() for letter in typed)
