"""Start Reach from a checkout: ``python dashboard.py`` or ``streamlit run dashboard.py``. Installed, it is ``reach``."""

import sys
from pathlib import Path

SOURCE = str(Path(__file__).resolve().parent / "src")
if SOURCE not in sys.path:  # Reach itself need not be installed, only its packages
    sys.path.insert(0, SOURCE)

try:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from reach import server
    from reach.app import run
except ModuleNotFoundError as missing:
    if str(missing.name).partition(".")[0] == "reach":
        raise
    sys.exit(f"The package {missing.name} is not installed. Run: pip install uv, then: uv run reach (README.md says more).")

if get_script_run_ctx(suppress_warning=True) is not None:
    run()  # as a page's script: AppTest
elif __name__ == "__main__":
    server.serve()
else:
    # `streamlit run` finds this line by reading the file, and serves the same app: headers, health check, store lifetime.
    app = st.App(server.PAGE_SCRIPT, **server.parts())
