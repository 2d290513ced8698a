"""How templates print values and call macros: as Jinja does, at less cost.

A site of thousands of pages prints a million values. Jinja wraps each in a `Markup`, only to join
all of them in the end, and asks of each macro what else it might be. Here plain text is escaped
and joined as it is; a value's field is asked for in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import markupsafe
from jinja2 import Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Expr, Getattr
from jinja2.nodes import Template as TemplateNode
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from newsstand.render.macro_cache import Repeated, as_markup

_escaped: Callable[[str], str] = getattr(
    markupsafe, "_escape_inner", lambda text: str(escape(text))
)
"""What `escape` makes a `Markup` of: a text without anything to escape costs next to nothing."""


class Printing(CodeGenerator):
    """Compiles templates so that they print by `printed` where Jinja would call ``escape``."""

    def visit_Template(self, node: TemplateNode, frame: Frame | None = None) -> None:  # noqa: N802
        """Give the compiled template the name."""
        self.writeline(f"from {__name__} import {printed.__name__}")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802
        """A field that is there is read without a call; Jinja does what is to be done for others.

        ``environment.getattr`` begins by the same question.
        """
        owner, value = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({value} if ({value} := getattr(({owner} := ")
        self.visit(node.node, frame)
        name = repr(node.attr)
        self.write(
            f"), {name}, missing)) is not missing else environment.getattr({owner}, {name}))"
        )

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        is_escaped = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if is_escaped and finalize.src is None:
            self.write(f"{printed.__name__}(")
        else:
            super()._output_child_pre(node, frame, finalize)


def printed(value: object) -> str:
    """The text of a value, escaped unless it is `Markup`, as ``str(escape(value))`` gives it."""
    if type(value) is str:
        return _escaped(value)
    return value if type(value) is Markup else str(escape(value))


class Calling(Context):
    """A context in which macros are called without asking what they are."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401, N805
        """Compile a call as Jinja does; most of what templates call are macros."""
        is_macro = type(__obj) is Macro
        if not is_macro and type(__obj) is not Repeated:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        if not is_macro:
            return __obj(*args, **kwargs)
        lacking = __obj._argument_count - len(args)  # noqa: SLF001  (what its __call__ asks)
        odd = __obj.caller or __obj.explicit_caller or __obj.catch_kwargs or __obj.catch_varargs
        if kwargs or odd or lacking < 0:
            return __obj(__self.eval_ctx, *args, **kwargs)
        text = __obj._func(*args, *(missing,) * lacking)  # noqa: SLF001
        return as_markup(text) if __self.eval_ctx.autoescape else text


class Imported(Template):
    """A template whose macros other templates import: no page has names of its own for it."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module(ctx)
