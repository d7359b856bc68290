"""Which of the organisers' own texts about projects exist in French and English."""

from modeltranslation.translator import TranslationOptions, translator

from .models import ExtraField


class ExtraFieldTexts(TranslationOptions):
    fields = ("label", "help")


translator.register(ExtraField, ExtraFieldTexts)
