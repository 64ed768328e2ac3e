"""What the vault refuses. Every one of these fails closed: nothing of an identity is shown."""

from portal.foundation.errors import NotAllowed, NotFound, PortalError
from portal.foundation.text import N_


class EnvelopeBroken(PortalError):
    """A sealed thing is damaged, or it belongs to another report or another key."""

    def __init__(self) -> None:
        super().__init__(N_("Phần đã niêm phong không mở được: dữ liệu bị hỏng hoặc không thuộc về phản ánh này."))


class KeysGone(NotFound):
    """The report's data key is not in the key store for this recipient: destroyed, or never given."""

    def __init__(self) -> None:
        super().__init__(N_("Khóa của phản ánh này không còn hoặc chưa được cấp, nên không đọc được thông tin."))


class KeyAlreadyStored(PortalError):
    """A data key stands there already. It is never written over: that would lose an identity."""

    def __init__(self) -> None:
        super().__init__(N_("Khóa của phản ánh này đã được lưu từ trước."))


class VaultNotReady(PortalError):
    """There is no body key yet, so nothing that must be read again may be sealed."""

    def __init__(self) -> None:
        super().__init__(N_("Kho khóa chưa được khởi tạo, nên hiện chưa nhận thông tin người phản ánh."))


class KeyExists(PortalError):
    """The body has a key already."""

    def __init__(self) -> None:
        super().__init__(N_("Cơ quan này đã có khóa. Không tạo khóa thứ hai."))


class WeakPassphrase(PortalError):
    """The passphrase is too short to guard a key that lies in the database."""

    def __init__(self, shortest: int) -> None:
        super().__init__(N_("Cụm mật khẩu cần ít nhất %(shortest)d ký tự."), shortest=shortest)


class NoShare(NotAllowed):
    """This account has no share of the body's key."""

    def __init__(self) -> None:
        super().__init__(N_("Tài khoản này chưa được cấp phần khóa để mở thông tin người phản ánh."))


class WrongPassphrase(NotAllowed):
    """The passphrase does not open this share."""

    def __init__(self) -> None:
        super().__init__(N_("Cụm mật khẩu không đúng."))


class WrongRecoveryKey(NotAllowed):
    """The recovery key is mistyped, or it is another body's."""

    def __init__(self) -> None:
        super().__init__(N_("Khóa khôi phục không đúng. Hãy kiểm tra từng nhóm ký tự."))
