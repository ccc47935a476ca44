"""Where the class is, and informing it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.policy.consent import consent_text
from ui.dialogs.place_dialog import PlaceDialog
from ui.start.consent_dialog import ConsentDialog


class TestPlaceDialog:
    def make(self, qtbot: QtBot, guess: str | None) -> PlaceDialog:
        dialog = PlaceDialog(None, guess=guess)
        qtbot.addWidget(dialog)
        return dialog

    def test_the_guess_stands_there_with_what_follows(self, qtbot: QtBot) -> None:
        dialog = self.make(qtbot, "DE")
        assert dialog.place() == "DE"
        assert dialog.picker.currentText() == "Germany"
        assert "Article 5(1)(f)" in dialog.consequence.text
        dialog.picker.setEditText("india")
        assert dialog.place() == "IN"
        assert "can be read" in dialog.consequence.text

    def test_without_a_place_it_does_not_go_on(self, qtbot: QtBot) -> None:
        dialog = self.make(qtbot, None)
        assert dialog.place() is None
        assert not dialog.accept_button.isEnabled()
        dialog.picker.setEditText("Atlantis")
        assert not dialog.accept_button.isEnabled()


class TestConsentDialog:
    def test_the_class_is_informed_of_a_server(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False, on_server=True)
        qtbot.addWidget(dialog)
        text = consent_text(expressions_on=True, names_allowed=False, on_server=True)
        assert dialog.text_shown.toPlainText() == text

    def test_start_is_disabled_until_the_class_is_informed(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False)
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.text_shown.toPlainText() == consent_text(expressions_on=True, names_allowed=False)
        assert not dialog.accept_button.isEnabled()
        QTest.mouseClick(dialog.confirmation, Qt.MouseButton.LeftButton)
        assert dialog.accept_button.isEnabled()
        assert not dialog.aggregate_only()

    def test_names_are_mentioned_and_another_text_must_be_confirmed_again(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False, names_allowed=True)
        qtbot.addWidget(dialog)
        assert "the name shown on your video" in dialog.text_shown.toPlainText()
        dialog.show()
        dialog.confirmation.setChecked(True)
        assert not dialog.again.isVisible()
        dialog.aggregate.setChecked(True)
        text = consent_text(expressions_on=True, names_allowed=False, individuals=False)
        assert dialog.text_shown.toPlainText() == text
        assert not dialog.accept_button.isEnabled()
        assert dialog.again.isVisible(), "the tick has not gone without a word"

    def test_the_privacy_is_chosen_before_the_class_is_informed(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False)
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.aggregate.y() < dialog.text_shown.y() < dialog.confirmation.y()

    def test_the_teacher_may_say_it_in_their_own_words(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.confirmation.setChecked(True)
        QTest.keyClicks(dialog.text_shown, "Hello 9b. ")
        assert not dialog.confirmation.isChecked(), "the class does not know these words"
        assert dialog.again.isVisible()
        kept = dialog.own_texts()
        again = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False, own_texts=kept)
        qtbot.addWidget(again)
        assert again.text_shown.toPlainText().startswith("Hello 9b. Before we begin")
        assert not again.restore_button.isHidden()
        again.restore_button.click()
        assert again.text_shown.toPlainText() == consent_text(expressions_on=True, names_allowed=False)
        assert again.own_texts() == {}

    def test_own_words_never_stand_for_another_text(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=False, aggregate_only=False)
        qtbot.addWidget(dialog)
        dialog.text_shown.setPlainText("It reads no feelings.")
        kept = dialog.own_texts()
        with_expressions = ConsentDialog(
            None, watched="call", expressions_on=True, aggregate_only=False, own_texts=kept
        )
        qtbot.addWidget(with_expressions)
        standard = consent_text(expressions_on=True, names_allowed=False)
        assert with_expressions.text_shown.toPlainText() == standard
        assert with_expressions.own_texts() == kept, "they are still there for their own text"

    def test_an_empty_text_informs_nobody(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False)
        qtbot.addWidget(dialog)
        dialog.text_shown.setPlainText("  ")
        dialog.confirmation.click()
        assert not dialog.accept_button.isEnabled()

    def test_the_text_can_be_copied(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="call", expressions_on=False, aggregate_only=True)
        qtbot.addWidget(dialog)
        dialog.copy_button.click()
        text = consent_text(expressions_on=False, names_allowed=False, individuals=False)
        assert QGuiApplication.clipboard().text() == text
        assert dialog.aggregate_only()

    def test_a_recording_needs_the_consent_of_who_is_in_it(self, qtbot: QtBot) -> None:
        dialog = ConsentDialog(None, watched="recording", expressions_on=True, aggregate_only=False)
        qtbot.addWidget(dialog)
        assert "recording" in dialog.confirmation.text()
        assert "the recording of our lesson" in dialog.text_shown.toPlainText()
