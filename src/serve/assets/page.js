// The page works without this file. With it: answers without reloading, marks that open, copy, print.
"use strict";

(() => {
  document.documentElement.classList.add("js");
  const form = document.getElementById("form");
  const result = document.getElementById("result");
  const status = document.getElementById("status");
  const field = (id) => document.getElementById(id);
  const say = (key) => { status.textContent = key ? status.dataset[key] : ""; };

  let asked = 0;
  async function check() {
    const mine = ++asked;
    const given = (id) => field(id).value.trim() || null;
    say("busy");
    result.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch("/card", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          text: field("text").value,
          sender: given("sender"),
          sent_at: given("sent_at"),
          lang: field("lang").value,
        }),
      });
      if (mine !== asked) return; // A later question is under way.
      if (!answer.ok) {
        say(answer.status === 413 ? "large" : "failed");
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      result.replaceChildren(...page.body.childNodes);
      dress();
      say("");
      field("verdict").focus({ preventScroll: true });
      result.scrollIntoView({ block: "start" });
    } catch {
      if (mine === asked) say("failed");
    } finally {
      if (mine === asked) result.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const example = event.submitter?.dataset;
    if (example?.text) {
      field("text").value = example.text;
      field("sender").value = example.sender;
      field("sent_at").value = example.time;
    }
    check();
  });

  // The language is the server's to write: the form is posted as it would be without this file.
  field("language").addEventListener("click", (event) => {
    if (!field("text").value.trim()) return; // An empty page is a plain link.
    event.preventDefault();
    field("lang").value = event.currentTarget.dataset.lang;
    form.submit();
  });

  result.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (mark) {
      event.preventDefault();
      const details = field(mark.dataset.opens);
      details.open = true;
      details.querySelector("summary").focus();
      details.scrollIntoView({ block: "nearest" });
    } else if (event.target.id === "copy") {
      copy();
    } else if (event.target.id === "print") {
      window.print();
    }
  });

  async function copy() {
    const complaint = field("complaint");
    try {
      await navigator.clipboard.writeText(complaint.value);
      say("copied");
    } catch {
      complaint.closest("details").open = true;
      complaint.select();
      say("selected");
    }
  }

  // Times in the reader's own zone.
  function dress() {
    const checked = field("checked");
    if (checked) checked.textContent = new Date().toLocaleString(document.documentElement.lang, { timeZoneName: "short" });
  }
  dress();
  if (field("verdict")) field("verdict").focus({ preventScroll: true });
})();
