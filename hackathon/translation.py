"""Which of the organisers' own texts exist in French and English. English falls back on French, never on nothing."""

from modeltranslation.translator import TranslationOptions, translator

from .models import Event, ProgrammeItem, Question, Role, Theme


class EventTexts(TranslationOptions):
    fields = ("name", "description", "rules")


class ThemeTexts(TranslationOptions):
    fields = ("title", "subtitle", "short_title", "description", "resources")


class RoleTexts(TranslationOptions):
    fields = ("name", "attestation_wording")


class ProgrammeItemTexts(TranslationOptions):
    fields = ("title",)


class QuestionTexts(TranslationOptions):
    fields = ("label", "help", "choices")


translator.register(Event, EventTexts)
translator.register(Theme, ThemeTexts)
translator.register(Role, RoleTexts)
translator.register(ProgrammeItem, ProgrammeItemTexts)
translator.register(Question, QuestionTexts)
