"""How allauth meets Tertulia: one door by mailed code, no passwords, letters without a prefix in their subject."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def format_email_subject(self, subject: str) -> str:
        """As it is written: the sender's name already says where it comes from."""
        return subject
