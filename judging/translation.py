"""Which texts of the jury exist in French and English."""

from modeltranslation.translator import TranslationOptions, translator

from .models import AwardRule, Criterion, Level, Round


class RoundTexts(TranslationOptions):
    fields = ("name",)


class CriterionTexts(TranslationOptions):
    fields = ("name", "help")


class LevelTexts(TranslationOptions):
    fields = ("label", "sentence")


class AwardRuleTexts(TranslationOptions):
    fields = ("label", "prize")


translator.register(Round, RoundTexts)
translator.register(Criterion, CriterionTexts)
translator.register(Level, LevelTexts)
translator.register(AwardRule, AwardRuleTexts)
