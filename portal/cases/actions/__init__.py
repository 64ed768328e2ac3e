"""What can be done with a case. Actions flush and never commit: the edge opens the transaction."""

from portal.cases.actions.asking_outside import answer_outside, open_outside, revoke_outside, send_outside
from portal.cases.actions.extending import extend
from portal.cases.actions.following_up import answer_follow_up, ask_follow_up, let_stand
from portal.cases.actions.handing_out import hand_out
from portal.cases.actions.handing_over import HandedOver, hand_over
from portal.cases.actions.handle import answer, answer_referral, approve, close, conclude, send_answer, send_back
from portal.cases.actions.head_support import (
    answer_head_support,
    end_head_support,
    leave_head_support,
    let_head_support,
)
from portal.cases.actions.hearing import explain, hear
from portal.cases.actions.holding import give_contact, replace_code, withdraw_contact
from portal.cases.actions.looks import record_identity_look
from portal.cases.actions.lost_code import ask_new_code, give_new_code, refuse_new_code
from portal.cases.actions.merging import merge, undo_merge
from portal.cases.actions.noting import note
from portal.cases.actions.receive import Received, receive
from portal.cases.actions.releasing import release
from portal.cases.actions.reminding import remind
from portal.cases.actions.reporter import add_facts, appeal, ask_review, rate, reply, withdraw
from portal.cases.actions.rules import close_by_rule
from portal.cases.actions.splitting import split
from portal.cases.actions.stepping_aside import declare_conflict, hand_up, lift_wall, wall_off
from portal.cases.actions.tracks import change_track, record_form, record_step
from portal.cases.actions.triage import (
    accept,
    ask,
    assign,
    clear,
    forward,
    go_on,
    refer,
    refuse,
    reopen,
    take_back,
    verify,
)

__all__ = [
    "HandedOver",
    "Received",
    "accept",
    "add_facts",
    "answer",
    "answer_follow_up",
    "answer_head_support",
    "answer_outside",
    "answer_referral",
    "appeal",
    "approve",
    "ask",
    "ask_follow_up",
    "ask_new_code",
    "ask_review",
    "assign",
    "change_track",
    "clear",
    "close",
    "close_by_rule",
    "conclude",
    "declare_conflict",
    "end_head_support",
    "explain",
    "extend",
    "forward",
    "give_contact",
    "give_new_code",
    "go_on",
    "hand_out",
    "hand_over",
    "hand_up",
    "hear",
    "leave_head_support",
    "let_head_support",
    "let_stand",
    "lift_wall",
    "merge",
    "note",
    "open_outside",
    "rate",
    "receive",
    "record_form",
    "record_identity_look",
    "record_step",
    "refer",
    "refuse",
    "refuse_new_code",
    "release",
    "remind",
    "reopen",
    "replace_code",
    "reply",
    "revoke_outside",
    "send_answer",
    "send_back",
    "send_outside",
    "split",
    "take_back",
    "undo_merge",
    "verify",
    "wall_off",
    "withdraw",
    "withdraw_contact",
]
