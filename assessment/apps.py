"""The app of cycles, answers, reviews and results."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Connects the words of the trail and the sections of the frame."""

    name = "assessment"
    verbose_name = "Penilaian"

    def ready(self) -> None:
        """Connect once the models are there."""
        from accounts import periodic
        from assessment import sections, trail_words

        trail_words.teach()
        sections.connect()
        periodic.hourly("assessment.jobs.close_due_rounds")
        periodic.daily("assessment.jobs.clear_files")
