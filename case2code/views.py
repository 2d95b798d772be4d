"""Search and code lookup: a code in any spelling, words in titles and inclusion terms."""

from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from case2code.results import results
from codes.views import asked

SUGGESTIONS = 8


def search(request):
    """The results page; too little to search for gets advice."""
    words, dos, page = asked.words(request), asked.date_of_service(request), asked.page_number(request)
    code_set = asked.code_set(request)
    context = {"words": words, "dos": dos, "page": min(page, 1000), "is_searched": is_searchable(words)}
    if context["is_searched"]:
        context["results"], context["has_more"] = results(
            words, dos, timezone.localdate(), context["page"], code_set
        )
    kept = {"q": words, "dos": dos or "", "code_set": code_set or ""}
    context["kept"] = urlencode({name: value for name, value in kept.items() if value})
    return render(request, "case2code/search.html", context)


def suggest(request):
    """The type-ahead: an HTML list, or the OpenSearch JSON with `format=opensearch`."""
    words = asked.words(request)
    found = (
        results(words, asked.date_of_service(request), timezone.localdate())[0][:SUGGESTIONS]
        if is_searchable(words)
        else []
    )
    if request.GET.get("format") == "opensearch":
        names = [f"{row['code']} {row['title']}".strip() for row in found]
        addresses = [request.build_absolute_uri(row["address"]) for row in found]
        return JsonResponse([words, names, ["" for _ in found], addresses], safe=False)
    return render(request, "case2code/_suggestions.html", {"results": found})


def is_searchable(words):
    """Whether there is enough to search for: two letters or digits that are not ruled out by a dash."""
    wanted = [word for word in words.split() if not word.startswith("-")]
    return sum(letter.isalnum() for word in wanted for letter in word) >= 2
