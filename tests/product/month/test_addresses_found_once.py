"""Addresses found once are those that Django finds, also where the site stands below a path."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse, set_script_prefix

from congtam.web.components import addresses
from congtam.web.components.navigation import ENTRIES


@pytest.fixture
def below_a_path():
    set_script_prefix("/danh-gia/")
    yield
    set_script_prefix("/")


def test_every_entry_of_the_navigation_has_the_address_that_django_finds():
    assert [addresses.page(entry.url) for entry in ENTRIES] == [reverse(entry.url) for entry in ENTRIES]


def test_below_a_path_an_address_that_was_found_before_begins_with_it(below_a_path):
    set_script_prefix("/")
    at_the_root = addresses.page("home")
    set_script_prefix("/danh-gia/")
    assert (at_the_root, addresses.page("home")) == ("/", "/danh-gia/")


def test_a_name_that_no_page_has_is_told_as_django_tells_it():
    with pytest.raises(NoReverseMatch):
        engines["django"].from_string("{% url 'khong-co-trang-nay' %}").render({})


def test_an_address_with_parts_is_still_made_of_its_parts():
    said = engines["django"].from_string("{% url 'their_month' 'CB001' %}").render({})
    assert said == reverse("their_month", args=["CB001"])
