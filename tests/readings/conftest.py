from tests.ideas.conftest import common_database

__all__ = ["common_database"]
