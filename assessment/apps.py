"""The app of cycles, answers, reviews and results."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Connects the words of trail and notices, the sections of the frame, and what comes by the clock."""

    name = "assessment"
    verbose_name = "Penilaian"

    def ready(self) -> None:
        """Connect once the models are there."""
        from accounts import periodic
        from assessment import menu, notifications
        from assessment.trail import words

        words.teach()
        menu.connect()
        notifications.connect()
        periodic.hourly("assessment.jobs.close_due_rounds")
        periodic.daily("assessment.jobs.clear_files")
