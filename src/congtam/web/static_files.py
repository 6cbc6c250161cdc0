"""Static files under names that hold their digest, so that browsers keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Before the files were collected (tests, a first look) the plain name is used instead of an error."""

    def stored_name(self, name: str) -> str:
        """The name with its digest, or the plain one."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))
